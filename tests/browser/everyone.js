// What the tests of test_everyone.py ask of a page; each is a function of the window.

// Everything that unfolds is open, and all controls are there.
window.openAll = () => {
  for (const button of document.querySelectorAll('.cv-opener[aria-expanded="false"]')) button.click();
  for (const details of document.querySelectorAll("details")) details.open = true;
};

// The rule, the place and the markup of each thing that axe finds, by all that WCAG 2.2 AA and good practice ask for.
// In other colours only those rules tell something new that look at them.
window.problems = async (colours) => {
  const some = colours
    ? { runOnly: ["color-contrast", "link-in-text-block"] }
    : { rules: { "target-size": { enabled: true } } };
  const found = await axe.run(document, { ...some, resultTypes: ["violations"], elementRef: true });
  const place = (element) => element.closest("aside")?.className ?? element.localName;
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => [rule.id, place(node.element), node.html.slice(0, 200)]));
};

// The parts of the page that do not fit: sideways beyond the screen, or beyond what hides the rest of them.
window.misfits = () => {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  const inScroller = (element) =>
    element.parentElement && ((scrolls(element.parentElement) && !element.parentElement.matches(".content"))
      || inScroller(element.parentElement));
  const told = document.documentElement.scrollWidth > width ? ["the page scrolls"] : [];
  for (const element of document.querySelectorAll(".main, .main *, .mobile-header, .mobile-header *")) {
    if (!element.checkVisibility() || element.closest(".cv-hidden, .toc-drawer, .back-to-top, svg svg")) continue;
    const { left, right } = element.getBoundingClientRect();
    const cut = ["hidden", "clip"].includes(getComputedStyle(element).overflowX)
      && element.clientWidth && element.scrollWidth > element.clientWidth + 1;
    const slides = element.matches(".content") && element.scrollWidth > element.clientWidth;
    const sticksOut = right > left && (right > width + 1 || left < -1) && !inScroller(element);
    if (cut || slides || sticksOut) told.push(element.outerHTML.slice(0, 200));
  }
  return told;
};

// All that can be reached with the keyboard, in the order of the document, and how it looks now.
const LOOKS = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow"];
const look = (element) => LOOKS.map((name) => getComputedStyle(element)[name]).join(" ");
window.stops = () => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
  window.reachable = all.filter((element) => element.tabIndex >= 0 && !element.disabled
    && element.checkVisibility({ visibilityProperty: true }));
  window.before = window.reachable.map(look);
  return window.reachable.map((element) => element.outerHTML.slice(0, 120));
};

// Which of them has the focus, and whether that can be seen; -1 where none has.
window.focused = () => {
  const place = window.reachable.indexOf(document.activeElement);
  return [place, place >= 0 && look(document.activeElement) !== window.before[place]];
};

// Where each element of a list stands, from the left edge of what is read.
window.places = (selector) => {
  const article = document.querySelector("article").getBoundingClientRect();
  return [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility()).map((element) => {
    const box = element.getBoundingClientRect();
    return [box.left - article.left, article.right - box.right];
  });
};

// The left edge of some words on the page.
window.leftOf = (words) => {
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const start = walker.currentNode.data.indexOf(words);
    if (start < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, start);
    range.setEnd(walker.currentNode, start + words.length);
    return range.getBoundingClientRect().left;
  }
  return null;
};
