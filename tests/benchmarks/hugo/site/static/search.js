// The publications that hold all words of the address's "q".
(async () => {
  "use strict";
  const found = document.getElementById("found");
  const asked = new URLSearchParams(location.search).get("q") ?? "";
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();
  const words = folded(asked).split(/\s+/).filter(Boolean);
  if (!words.length) return;
  const pages = await (await fetch(found.dataset.words)).json();
  for (const page of pages) {
    const text = folded([page.title, ...page.authors, page.words].join(" "));
    if (!words.every((word) => text.includes(word))) continue;
    const link = Object.assign(document.createElement("a"), { href: page.url, textContent: page.title });
    const item = document.createElement("li");
    item.append(link);
    found.append(item);
  }
})();
