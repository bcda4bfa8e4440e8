/*
 * What pages of the site do: search, the drawer of phones, copying, long lists. It puts texts into text nodes only, and
 * styles by classes: neither needs an escape, and the policy of the site allows nothing else.
 */

/** @typedef {[kind: string, service: string, title: string, detail: string, summary: string, href: string]} Entry */
/**
 * @typedef {object} SearchData what `search.js` of the site brings
 * @property {Record<string, number>} boost the fields that are searched in, and how much each counts
 * @property {readonly Entry[]} entries
 * @property {import("minisearch").AsPlainObject} index
 */
/**
 * @typedef {object} Search
 * @property {readonly Entry[]} entries
 * @property {(query: string) => readonly Entry[]} find
 */

{
  /** How many results are shown. */
  const RESULTS = 30;
  const ROOT = document.body.dataset["root"] ?? "";
  const SERVICE = document.body.dataset["service"] ?? "";

  /** @type {Promise<Search> | undefined} */
  let loading;

  /** Loads what the search needs, which is large, when somebody needs it. */
  const load = () => {
    loading ??= Promise.all(["minisearch.js", "search.js"].map(loadScript)).then(openSearch);
    return loading;
  };

  /** @param {string} name */
  function loadScript(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      script.src = ROOT + name;
      document.head.append(script);
    });
  }

  /** @returns {Search} */
  function openSearch() {
    const globals = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (globalThis));
    const MiniSearch = /** @type {typeof import("minisearch").default} */ (globals["MiniSearch"]);
    const { boost, entries, index } = /** @type {SearchData} */ (globals["driftlineSearch"]);
    const search = MiniSearch.loadJS(index, { fields: Object.keys(boost) });
    const entryOf = (/** @type {{ id: number }} */ { id }) => entries[id] ?? [];
    return {
      entries,
      find: (query) =>
        search
          .search(query, {
            boost,
            combineWith: "AND",
            prefix: true,
            fuzzy: (term) => (term.length > 4 ? 0.2 : false),
            // The service of the page comes first, and operations before what has no more than a name like it.
            boostDocument: (id) =>
              (entries[id]?.[1] === SERVICE ? 2 : 1) * (entries[id]?.[0] === "operation" ? 1.2 : 1),
          })
          .slice(0, RESULTS)
          .map((result) => /** @type {Entry} */ (entryOf(/** @type {any} */ (result)))),
    };
  }

  /**
   * @param {string} tag
   * @param {string} className
   * @param {(Node | string)[]} children
   */
  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className !== "") element.className = className;
    element.append(...children);
    return element;
  }

  /**
   * @param {string} selector
   * @returns {HTMLElement}
   */
  function one(selector) {
    const found = document.querySelector(selector);
    if (!(found instanceof HTMLElement)) throw new Error(`no ${selector}`);
    return found;
  }

  // Search

  const box = one(".search");
  const input = /** @type {HTMLInputElement} */ (one("#search"));
  const list = one("#results");
  const status = one(".status");
  const isMany = document.querySelector("#nav h2") !== null;
  let chosen = -1;
  let asked = 0;

  /** Shows what the box asks for; a later question wins over one that is still being answered. */
  async function answer() {
    const query = input.value.trim();
    const turn = (asked += 1);
    if (query === "") {
      close();
      return;
    }
    const { find } = await load();
    if (turn === asked) show(find(query));
  }

  /** @param {readonly Entry[]} results */
  function show(results) {
    list.replaceChildren(...results.map(option));
    if (results.length === 0) list.append(make("li", "none", "Nothing is called so."));
    status.textContent = `${results.length} ${results.length === 1 ? "result" : "results"}`;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    choose(results.length === 0 ? -1 : 0);
  }

  /**
   * @param {Entry} entry
   * @param {number} index
   */
  function option([kind, service, title, detail, summary, href], index) {
    const link = /** @type {HTMLAnchorElement} */ (make("a", "", make("b", "", title)));
    link.append(make("small", "", isMany ? `${service} ${kind}` : kind));
    const more = [detail, summary].filter((text) => text !== "").join(" \u00b7 ");
    if (more !== "") link.append(make("span", "detail", more));
    link.href = ROOT + href;
    link.tabIndex = -1;
    const element = make("li", "", link);
    element.id = `result-${index}`;
    element.setAttribute("role", "option");
    return element;
  }

  function options() {
    return [...list.querySelectorAll("[role=option]")];
  }

  /** @param {number} index */
  function choose(index) {
    chosen = index;
    for (const [at, element] of options().entries())
      element.setAttribute("aria-selected", String(at === index));
    const element = options()[index];
    if (element === undefined) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", element.id);
      element.scrollIntoView({ block: "nearest" });
    }
  }

  function close() {
    asked += 1;
    list.hidden = true;
    list.replaceChildren();
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  /** @param {KeyboardEvent} event */
  function onSearchKey(event) {
    const count = options().length;
    if (event.key === "Escape") {
      if (list.hidden) input.blur();
      input.value = "";
      close();
    } else if (event.key === "Enter") {
      const link = options()[chosen]?.querySelector("a");
      if (link !== null && link !== undefined) link.click();
    } else if (count > 0 && event.key === "ArrowDown") choose((chosen + 1) % count);
    else if (count > 0 && event.key === "ArrowUp") choose((chosen + count - 1) % count);
    else return;
    event.preventDefault();
  }

  input.addEventListener("input", () => void answer());
  input.addEventListener("focus", () => {
    void load();
    if (input.value !== "") void answer();
  });
  input.addEventListener("keydown", onSearchKey);
  list.addEventListener("click", () => {
    input.value = "";
    // The link is followed first.
    setTimeout(close);
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && !box.contains(target)) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") draw(false);
    if (event.key !== "/" || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  box.hidden = false;

  // The drawer of phones

  const root = document.documentElement;
  const nav = one("#nav");
  const menu = make("button", "menu", "Menu");
  const shade = make("div", "shade");
  menu.setAttribute("aria-expanded", "false");
  menu.setAttribute("aria-controls", "nav");
  one(".menu").replaceWith(menu);
  root.classList.add("scripted");

  /** @param {boolean} isOpen */
  function draw(isOpen) {
    if (root.classList.contains("drawn") === isOpen) return;
    root.classList.toggle("drawn", isOpen);
    menu.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) {
      document.body.append(shade);
      const link = nav.querySelector("a[aria-current=page]") ?? nav.querySelector("a");
      if (link instanceof HTMLElement) link.focus({ preventScroll: true });
      link?.scrollIntoView({ block: "nearest" });
    } else {
      shade.remove();
      menu.focus({ preventScroll: true });
    }
  }

  menu.addEventListener("click", () => {
    draw(!root.classList.contains("drawn"));
  });
  shade.addEventListener("click", () => {
    draw(false);
  });
  nav.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLAnchorElement) draw(false);
  });

  // The sidebar

  for (const element of nav.querySelectorAll("ul[data-kind]")) {
    const details = element.closest("details");
    if (details === null || !(element instanceof HTMLElement)) continue;
    if (details.open) void fill(element);
    else details.addEventListener("toggle", () => void fill(element), { once: true });
  }

  /**
   * Adds the links that are too many for each page to have.
   *
   * @param {HTMLElement} element
   */
  async function fill(element) {
    const { kind, service } = element.dataset;
    const { entries } = await load();
    const own = element.querySelector("[aria-current]")?.closest("li");
    const links = entries
      .filter((entry) => entry[0] === kind && entry[1] === service)
      .map((entry) => [new URL(ROOT + entry[5], location.href).href, entry[2]]);
    const here = own?.querySelector("a")?.href;
    element.replaceChildren(
      ...links.map(([href = "", text = ""]) => {
        if (own !== null && own !== undefined && href === here) return own;
        const link = /** @type {HTMLAnchorElement} */ (make("a", "", text));
        link.href = href;
        return make("li", "", link);
      }),
    );
    own?.scrollIntoView({ block: "center" });
  }

  nav.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest" });

  // The section that is being read

  /** @type {Map<string, Element>} */
  const sections = new Map();
  for (const link of nav.querySelectorAll("ul ul a")) {
    sections.set(decodeURIComponent(/** @type {HTMLAnchorElement} */ (link).hash.slice(1)), link);
  }
  const headings = [...document.querySelectorAll("article h2[id]")].filter(({ id }) =>
    sections.has(id),
  );
  /** @type {Element | undefined} */
  let here;

  function mark() {
    const line = innerHeight / 3;
    const heading = headings.findLast((each) => each.getBoundingClientRect().top < line);
    const link = heading === undefined ? undefined : sections.get(heading.id);
    if (link === here) return;
    here?.classList.remove("here");
    link?.classList.add("here");
    link?.scrollIntoView({ block: "nearest" });
    here = link;
  }

  if (headings.length > 0) {
    let isWaiting = false;
    addEventListener(
      "scroll",
      () => {
        if (isWaiting) return;
        isWaiting = true;
        requestAnimationFrame(() => {
          isWaiting = false;
          mark();
        });
      },
      { passive: true },
    );
    mark();
  }

  // Copying

  for (const pre of document.querySelectorAll("article pre")) {
    const button = make("button", "copy", "Copy");
    button.setAttribute("aria-label", "Copy the code");
    button.addEventListener("click", () => void copy(pre, button));
    const block = make("div", "block");
    pre.replaceWith(block);
    block.append(pre, button);
  }

  /**
   * @param {Element} pre
   * @param {HTMLElement} button
   */
  async function copy(pre, button) {
    try {
      await navigator.clipboard.writeText(pre.textContent ?? "");
      button.textContent = "Copied";
    } catch {
      // The browser does not let pages copy: the reader does it.
      getSelection()?.selectAllChildren(pre);
      button.textContent = "Selected";
    }
    setTimeout(() => {
      button.textContent = "Copy";
    }, 1500);
  }
}
