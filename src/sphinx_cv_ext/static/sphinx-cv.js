// @ts-check
// Lists that readers narrow down, and entries that they copy; a page without this script is whole.
// It holds no words: they come with the page, from outputs/facets.py.

(() => {
  "use strict";

  /**
   * The data of a list, see outputs/facets.py; what is empty is not there.
   * @typedef {{size: number, facets?: Facet[], unseen?: string[], items?: number[], words: Texts, exports?: Texts}} Island
   * @typedef {Record<string, string>} Texts
   */

  /**
   * @typedef {object} Facet Something to choose.
   * @property {string} name
   * @property {"button" | "menu" | "ranked"} kind
   * @property {string} label
   * @property {string[]} values
   * @property {string[]} labels
   * @property {(number | number[])[]} of The place of the value that each publication has, of ranked ones the first; the
   *   places of several, or one behind the last.
   * @property {number} chosen The place of a value, or -1.
   * @property {(counts: number[]) => void} show Shows what is chosen, and a count for each value.
   */

  const WIDE = matchMedia("(min-width: 48em)");
  /** How many matches are marked at most. */
  const MARKED = 2000;
  /** Milliseconds before what is typed is told, and for which a button says how it went. */
  const PAUSE = 400;
  const TOLD = 2500;
  /** Frames, a third of a second, within which a page is laid out around what a link leads to. */
  const FRAMES = 20;
  const COLLATOR = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
  const SEARCHED = ".cv-title, .cv-authors, .cv-venue, .cv-award";

  /** `text` as it is compared: as `folded` of model/people.py has it, blanks at the ends aside. @param {string} text */
  const compared = (text) =>
    text.normalize("NFKD").toUpperCase().toLowerCase().replaceAll("ς", "σ")
      .replace(/\p{M}+/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ");

  /** @param {string} text */
  const folded = (text) => compared(text).trim();

  /** @type {Map<string, string>} */
  const pieces = new Map();

  /** The same of what comes again and again, a character or a word. @param {string} piece */
  const comparedOnce = (piece) => {
    const found = pieces.get(piece) ?? compared(piece);
    pieces.set(piece, found);
    return found;
  };

  /**
   * What `make` makes when it is first asked for.
   * @template T
   * @param {() => T} make
   */
  const lazily = (make) => {
    /** @type {T | undefined} */
    let made;
    return () => (made ??= make());
  };

  /** What the address leads to, or nothing. */
  const sought = () => document.getElementById(location.hash.slice(1));

  /** Shows what is sought, again for some frames: what is laid out beside it then changes its size. */
  const bring = () => {
    const target = sought();
    let frames = FRAMES;
    const jump = () => {
      if (target !== sought()) return;
      target?.scrollIntoView({ behavior: "instant" });
      if (--frames) requestAnimationFrame(jump);
    };
    jump();
  };

  /**
   * An element.
   * @template {keyof HTMLElementTagNameMap} Name
   * @param {Name} name
   * @param {Texts} attributes
   * @param {(Node | string)[]} children
   */
  const make = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const spoken = () => make("span", { class: "cv-hidden", role: "status" });

  /**
   * A button that does something, and says for a while how that went.
   * @param {string} label
   * @param {string} done
   * @param {string} failed
   * @param {HTMLElement} status
   * @param {() => Promise<unknown>} run
   */
  const action = (label, done, failed, status, run) => {
    const button = make("button", { type: "button", class: "cv-action" }, label);
    let timer = 0;
    button.addEventListener("click", async () => {
      button.textContent = status.textContent = await run().then(() => done, () => failed);
      clearTimeout(timer);
      timer = setTimeout(() => {
        button.textContent = label;
        status.textContent = "";
      }, TOLD);
    });
    return button;
  };

  /** What is marked, where a browser can do that without a change to the page. */
  const matches = "highlights" in CSS ? new Highlight() : undefined;
  if (matches) CSS.highlights.set("cv-match", matches);

  /**
   * The places of `words` in a text.
   * @param {Text} node
   * @param {string[]} words
   */
  const placesOf = (node, words) => {
    let text = "";
    let at = 0;
    /** Where the character behind each one of `text` starts. @type {number[]} */
    const starts = [];
    for (const character of node.data) {
      const piece = comparedOnce(character);
      text += piece;
      starts.push(...Array(piece.length).fill(at));
      at += character.length;
    }
    starts.push(at);
    return words.flatMap((word) => {
      const found = [];
      for (let i = text.indexOf(word); i >= 0; i = text.indexOf(word, i + word.length)) {
        let end = i + word.length;
        while (starts[end] === starts[end - 1]) end++; // one character may fold to several
        found.push(new StaticRange(
          { startContainer: node, startOffset: starts[i], endContainer: node, endOffset: starts[end] }));
      }
      return found;
    });
  };

  /**
   * Whether a publication fits what is chosen.
   * @param {Facet} facet
   * @param {number | number[]} own Its place, or its places.
   */
  const fitsChoice = ({ kind, chosen }, own) =>
    typeof own === "object" ? own.includes(chosen) : kind === "ranked" ? own <= chosen : own === chosen;

  /**
   * Choose the option of a value; of ranked ones the widest within it, else the narrowest.
   * @param {Facet} facet
   * @param {string} value
   */
  const choose = (facet, value) => {
    const { name, kind, values } = facet;
    facet.chosen = values.indexOf(value);
    if (kind === "ranked" && facet.chosen < 0 && +value > 0) {
      const within = values.filter((one) => (name === "from") === (+one > +value));
      facet.chosen = Math.max(within.length - 1, 0);
    }
  };

  /**
   * Let readers narrow a list down. Nothing in it is touched before they do, for it may be long.
   * @param {Element} room
   * @param {Element} data The element of `island`; the list stands between the two.
   * @param {Island} island
   * @param {number} number Which of the page's such lists it is, from 0.
   */
  const narrow = (room, data, island, number) => {
    const { size, unseen, words } = island;
    // A browser reads no file for a page that itself is one.
    const exports = location.protocol === "file:" ? [] : Object.entries(island.exports ?? {});
    /** @type {boolean[]} */
    const shown = Array(size).fill(true);
    const facets = island.facets ?? [];
    const topic = facets.find(({ name }) => name === "topic");
    // The parameters of a second list start with "2.".
    const prefix = number ? `${number + 1}.` : "";

    // Lists, their headings, and those in a table of contents go with their last entry.
    const groups = lazily(() => {
      /** @type {Map<string | null, Element | null>} */
      const contents = new Map();
      for (const link of document.querySelectorAll('li:not(.cv-publication) > a[href^="#"]')) {
        contents.set(link.getAttribute("href"), link.parentElement);
      }
      const isOurs = (/** @type {Element} */ list) =>
        room.compareDocumentPosition(list) & Node.DOCUMENT_POSITION_FOLLOWING &&
        data.compareDocumentPosition(list) & Node.DOCUMENT_POSITION_PRECEDING;
      return [...document.querySelectorAll("ul.cv-publications")].filter(isOurs).map((list) => {
        const section = list.closest("section.cv-group");
        const fold = list.closest("details");
        const title = (fold ?? list).previousElementSibling;
        const parts = section
          ? [section, contents.get(`#${section.id}`)] : [fold ?? list, title?.matches(".cv-group-title") && title];
        const label = fold?.querySelector("summary")?.firstChild;
        return {
          parts: parts.filter((part) => part instanceof HTMLElement),
          items: [.../** @type {HTMLCollectionOf<HTMLElement>} */ (list.children)],
          ...{ fold, label, says: label?.textContent ?? "", wasOpen: false },
        };
      });
    });
    /** The items of each publication. */
    const items = lazily(() => {
      /** @type {HTMLElement[][]} */
      const found = shown.map(() => []);
      groups().flatMap((group) => group.items).forEach((item, i) => found[island.items?.[i] ?? i].push(item));
      return found;
    });

    // What is searched, made when nothing else is to do or when it is needed.
    /** @type {string[]} */
    const texts = [];
    /** @param {number} i */
    const textOf = (i) => {
      if (i in texts) return texts[i];
      const lines = [...items()[i][0].querySelectorAll(SEARCHED)].map((line) => line.textContent);
      const topics = [topic?.of[i] ?? []].flat().map((place) => topic?.values[place]);
      return (texts[i] = [...lines, ...topics, unseen?.[i]].join(" ").split(/\s+/).map(comparedOnce).join(" "));
    };
    const whenIdle = window.requestIdleCallback ?? setTimeout;
    let prepared = 0;
    const prepare = () => {
      for (const end = performance.now() + 8; prepared < size && performance.now() < end;) textOf(prepared++);
      if (prepared < size) whenIdle(prepare);
    };

    // The controls.
    const box = make("input", {
      type: "search", class: "cv-search", "aria-label": words.search, placeholder: words.hint, autocomplete: "off",
    });
    const count = make("span", { class: "cv-count", "aria-hidden": "true" });
    const clear = make("button", { type: "button", class: "cv-clear" }, words.clear);
    const status = spoken();
    const none = make("p", { class: "cv-none" }, words.none);
    const pills = make("div", { class: "cv-pills" });
    const menus = make("div", { class: "cv-menus" });
    const years = make("fieldset", { class: "cv-years" }, make("legend", {}, words.year));
    const openers = make("div", { class: "cv-openers" });

    /** @type {(label: string, menu: Node) => Node} */
    const choice = (label, menu) => make("label", { class: "cv-choice" }, make("span", {}, label), menu);
    for (const facet of facets) {
      const { name, label, kind, labels } = facet;
      facet.chosen = -1;
      /** @param {number} place */
      const choosing = (place) => {
        if (writing) write("replaceState");
        facet.chosen = place;
        apply();
        write("pushState");
      };
      if (kind === "button") {
        const figure = make("span", { class: "cv-figure" });
        const pill = make("button", { type: "button", class: "cv-pill" }, label, " ", figure);
        pill.addEventListener("click", () => choosing(facet.chosen < 0 ? 0 : -1));
        facet.show = ([left]) => {
          pill.ariaPressed = `${facet.chosen === 0}`;
          figure.textContent = `${left}`;
        };
        pills.append(pill);
      } else {
        const made = labels.map((one, place) => new Option(one, `${place}`));
        const sorted = kind === "menu" ? [...made].sort((a, b) => COLLATOR.compare(a.text, b.text)) : made;
        const menu = make("select", { autocomplete: "off" }, new Option(words.any, "-1"), ...sorted);
        menu.addEventListener("change", () => choosing(Number(menu.value)));
        facet.show = (counts) => {
          menu.value = `${facet.chosen}`;
          made.forEach((option, place) => {
            const text = `${labels[place]} (${counts[place]})`;
            if (option.text !== text) option.text = text;
            option.disabled = !counts[place] && facet.chosen !== place;
          });
        };
        if (name === "from") menus.append(years);
        const isYear = name === "from" || name === "to";
        (isYear ? years : menus).append(choice(label, menu));
      }
    }

    const row = make("div", { class: "cv-row" }, make("div", { class: "cv-shown" }, count, status));
    const form = make("form", { role: "search", class: "cv-controls", "aria-label": words.search },
      make("div", { class: "cv-row" }, box, openers), row);

    /**
     * A button, and what it opens.
     * @param {string} label
     * @param {Node[]} children
     */
    const opener = (label, ...children) => {
      const id = `cv-panel-${number}-${openers.childElementCount}`;
      const panel = make("div", { class: "cv-drawer", id, hidden: "" }, ...children);
      const button = make("button", { type: "button", class: "cv-opener", "aria-controls": id }, label);
      button.ariaExpanded = "false";
      button.addEventListener("click", () => {
        panel.hidden = !panel.hidden;
        button.ariaExpanded = `${!panel.hidden}`;
      });
      openers.append(button);
      row.after(panel);
      return { button, panel };
    };
    const more = opener("", menus);
    if (exports.length) {
      const files = exports.map(([label, address]) => new Option(label, address));
      const format = make("select", { autocomplete: "off" }, ...files);
      const copy = action(words.copy, words.copied, words.failed, status, async () => {
        // A promise, for some browsers copy only at the click.
        await navigator.clipboard.write([new ClipboardItem({ "text/plain": slice(format.value) })]);
      });
      const save = action(words.download, words.saved, words.failed, status, async () => {
        const href = URL.createObjectURL(await slice(format.value));
        make("a", { href, download: format.value.split("/").pop() ?? "" }).click();
        setTimeout(() => URL.revokeObjectURL(href), TOLD);
      });
      copy.hidden = !navigator.clipboard;
      opener(words.export, choice(words.format, format), copy, save);
    }
    form.append(none);

    const nameMore = () => {
      const inside = facets.filter(({ chosen, kind }) => chosen >= 0 && !(WIDE.matches && kind === "button")).length;
      const name = WIDE.matches && pills.hasChildNodes() ? words.more : words.filters;
      more.button.textContent = inside ? `${name} (${inside})` : name;
      more.button.hidden = !more.panel.querySelector("button, select");
    };
    const place = () => {
      // On a narrow screen the buttons fold away.
      (WIDE.matches ? row : more.panel).prepend(pills);
      (WIDE.matches ? more.button : count).before(clear);
      nameMore();
    };

    /**
     * What the list shows, of an export file: its entries are parted by blank lines, see outputs/exports.py.
     * @param {string} address
     */
    const slice = async (address) => {
      const response = await fetch(address);
      if (!response.ok) throw new Error();
      const whole = await response.text();
      const isJson = address.endsWith(".json");
      const lineEnd = whole.includes("\r\n") ? "\r\n" : "\n";
      /** @type {unknown[]} */
      const parts = isJson ? JSON.parse(whole) : whole.replace(/[\r\n]+$/, "").split(lineEnd + lineEnd);
      if (parts.length !== size) throw new Error("the file is not that of the list");
      const kept = parts.filter((_part, i) => shown[i]);
      const text = isJson ? JSON.stringify(kept, null, 2) + lineEnd : kept.map((part) => part + lineEnd).join(lineEnd);
      return new Blob([text], { type: "text/plain" });
    };

    /** @type {StaticRange[]} */
    let marked = [];
    let marking = 0;
    /** Mark words, some entries at a time. @param {string[]} wanted */
    const mark = (wanted) => {
      clearTimeout(marking);
      for (const range of marked) matches?.delete(range);
      marked = [];
      const waiting = matches && wanted.length ? items().filter((_own, i) => shown[i]).flat() : [];
      const step = () => {
        const lines = waiting.splice(0, 20).flatMap((item) => [...item.querySelectorAll(SEARCHED)]);
        for (const line of lines) {
          const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            for (const range of placesOf(/** @type {Text} */ (walker.currentNode), wanted)) {
              marked.push(range);
              matches?.add(range);
            }
          }
        }
        if (waiting.length && marked.length < MARKED) marking = setTimeout(step);
      };
      if (waiting.length) marking = setTimeout(step, 50);
    };

    /** @type {(some: number, all: number) => string} */
    const countOf = (some, all) => words.count.replace("{shown}", `${some}`).replace("{all}", `${all}`);
    let wasWhole = true;
    let telling = 0;
    let writing = 0;
    /** Show what fits, and count what would. */
    const apply = () => {
      const wanted = folded(box.value).split(" ").filter(Boolean);
      const choosing = facets.filter(({ chosen }) => chosen >= 0);
      // The last is of those that have no value.
      const counts = facets.map(({ values }) => Array(values.length + 1).fill(0));
      let isChanged = false;
      for (let i = 0; i < size; i++) {
        const isFound = wanted.every((word) => textOf(i).includes(word));
        const against = choosing.filter((facet) => !fitsChoice(facet, facet.of[i]));
        const isShown = isFound && !against.length;
        // A value counts what it would show if all other facets stayed as they are.
        if (isFound && against.length < 2) {
          facets.forEach((facet, f) => {
            if (!isShown && against[0] !== facet) return;
            const own = facet.of[i];
            if (typeof own === "number") counts[f][own]++;
            else for (const place of own) counts[f][place]++;
          });
        }
        if (shown[i] === isShown) continue;
        for (const item of items()[i]) item.hidden = !isShown;
        shown[i] = isShown;
        isChanged = true;
      }
      const left = shown.filter(Boolean).length;
      const isWhole = left === size;
      for (const group of isChanged ? groups() : []) {
        const { parts, items: own, fold, label, says } = group;
        const found = own.filter((item) => !item.hidden).length;
        for (const part of parts) if (part.hidden !== !found) part.hidden = !found;
        if (!fold || !label) continue;
        // Who looks for something is to see it; then each is as it was.
        if (wasWhole) group.wasOpen = fold.open;
        if (wasWhole !== isWhole) fold.open = isWhole ? group.wasOpen : true;
        label.textContent = isWhole ? says : countOf(found, own.length);
      }
      wasWhole = isWhole;
      facets.forEach(({ kind, show }, f) => {
        let sum = 0;
        show(kind === "ranked" ? counts[f].map((one) => (sum += one)) : counts[f]);
      });
      const said = countOf(left, size);
      clear.hidden = !box.value && !choosing.length;
      // The files are those of all.
      if (exports.length) data.nextElementSibling?.toggleAttribute("hidden", !isWhole);
      none.hidden = left > 0;
      nameMore();
      mark(wanted);
      clearTimeout(telling);
      if (count.textContent) telling = setTimeout(() => (status.textContent = left ? said : words.none), PAUSE);
      count.textContent = said;
    };

    const empty = () => {
      box.value = "";
      for (const facet of facets) facet.chosen = -1;
      apply();
    };

    // The state is kept in the address.
    const read = () => {
      clearTimeout(writing);
      const parameters = new URLSearchParams(location.search);
      /** @param {string} name */
      const given = (name) => parameters.get(prefix + name) ?? "";
      const [, from = "", dash = "", to = ""] = /^(\d*)(-?)(\d*)$/.exec(given("year")) ?? [];
      const values = new Map([["from", from], ["to", dash ? to : from]]);
      box.value = given("q");
      for (const facet of facets) choose(facet, values.get(facet.name) ?? given(facet.name));
      apply();
    };
    /**
     * Without the fragment, which may lead to what is shown no more.
     * @param {"pushState" | "replaceState"} how
     * @param {string} fragment
     */
    const write = (how, fragment = "") => {
      clearTimeout(writing);
      writing = 0;
      const values = new Map(facets.map(({ name, values, chosen }) => [name, values[chosen] ?? ""]));
      const [from = "", to = ""] = [values.get("from"), values.get("to")];
      values.delete("from");
      values.delete("to");
      values.set("year", from === to ? from : `${from}-${to}`).set("q", box.value.trim());
      const parameters = new URLSearchParams(location.search);
      for (const [name, value] of values) {
        if (value) parameters.set(prefix + name, value);
        else parameters.delete(prefix + name);
      }
      const query = `${parameters}`;
      history[how](history.state, "", location.pathname + (query && `?${query}`) + fragment);
    };
    // Who follows a link to an entry is to see it.
    const arrive = () => {
      const target = sought();
      if (!target || !groups().some(({ parts }) => parts.some((part) => part.contains(target)))) return;
      if (target.closest("[hidden]")) {
        empty();
        write("replaceState", location.hash);
      }
      bring();
    };

    form.addEventListener("focusin", () => whenIdle(prepare), { once: true });
    box.addEventListener("input", () => {
      apply();
      // Later, for browsers lay out the page for it, and refuse it where it comes too often.
      clearTimeout(writing);
      writing = setTimeout(write, PAUSE, "replaceState");
    });
    const emptied = () => {
      empty();
      write("pushState");
      box.focus();
    };
    clear.addEventListener("click", emptied);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing || clear.hidden) return;
      event.preventDefault();
      emptied();
    });
    addEventListener("popstate", read);
    addEventListener("hashchange", arrive);
    WIDE.addEventListener("change", place);
    place();
    read();
    room.replaceChildren(form);
    arrive();
    return box;
  };

  const islands = document.querySelectorAll("script.cv-facets");
  const boxes = [...document.querySelectorAll("div.cv-filter")].map((room, number) =>
    narrow(room, islands[number], JSON.parse(islands[number].textContent ?? ""), number));

  // Not all browsers open what is folded around the end of a link, and none what is folded in a group.
  const unfold = () => {
    const target = sought();
    const fold = target?.closest("details.cv-fold") ?? target?.querySelector(":scope > details.cv-fold");
    if (!(fold instanceof HTMLDetailsElement) || fold.open) return;
    fold.open = true;
    bring();
  };
  addEventListener("hashchange", unfold);
  unfold();

  // Before Sphinx, whose "/" leads to the search of the site, and which leaves a field alone.
  if (boxes.length) {
    addEventListener("keydown", (event) => {
      const { key, ctrlKey, metaKey, altKey, target } = event;
      if (altKey || key !== (ctrlKey || metaKey ? "k" : "/")) return;
      if (target instanceof Element && target.closest("input, textarea, select, [contenteditable]")) return;
      event.preventDefault();
      boxes[0].focus();
      boxes[0].select();
    }, true);
  }

  const { copy = "", copied = "", failed = "" } = document.currentScript?.dataset ?? {};
  // When it is first opened, for a page may have thousands.
  document.addEventListener("toggle", ({ target }) => {
    const details = /** @type {Element} */ (target);
    if (!navigator.clipboard || !details.matches(".cv-bibtex:not(:has(button))")) return;
    const status = spoken();
    details.append(action(copy, copied, failed, status, () =>
      navigator.clipboard.writeText(details.querySelector("pre")?.textContent ?? "")), status);
  }, true);
})();
