/*
 * What the page does. It puts texts into text nodes only, and styles by classes: neither needs an escape, and the policy
 * of the page allows nothing else.
 */

/** @typedef {import("./page-data.js").PageData} PageData */
/** @typedef {import("./page-data.js").PageReport} PageReport */
/** @typedef {import("./page-data.js").PageFinding} PageFinding */
/** @typedef {import("./page-data.js").PageExcerpt} PageExcerpt */
/** @typedef {import("./page-data.js").PagePlace} PagePlace */
/** @typedef {"breaking" | "undecidable" | "safe" | "accepted"} Shade */
/** @typedef {"wire" | "source" | "both"} Counted */
/**
 * @typedef {object} Item a finding, and what the page needs of it again and again
 * @property {PageFinding} finding
 * @property {PageReport} report
 * @property {string} text what a search looks in
 */
/**
 * @typedef {object} View what is shown
 * @property {Record<Shade, boolean>} shades
 * @property {Counted} counted
 * @property {"rule" | "operation" | "nothing"} group
 * @property {string} search
 * @property {string} operation shown alone; empty for all
 * @property {number} limit how many findings are listed
 */

/** @type {readonly Shade[]} */
const SHADES = ["breaking", "undecidable", "safe", "accepted"];
/** How many findings are listed at once. */
const PAGE = 100;
/** How many lines above and below a place are shown before somebody asks for more. */
const NEAR = { above: 3, below: 6 };
/** How many operations of a finding are listed before somebody asks for more. */
const PLACES = 5;

/** @type {PageData} */
const DATA = JSON.parse(document.getElementById("data")?.textContent ?? "");
const LINES = new Map(DATA.reports.map((report) => [report, linesOf(report)]));
/** @type {readonly Item[]} */
const ITEMS = DATA.reports.flatMap((report) =>
  report.findings.map((finding) => ({ finding, report, text: searchText(finding, report) })),
);
/** @type {View} */
const VIEW = {
  shades: { breaking: true, undecidable: true, safe: true, accepted: false },
  counted: DATA.reports[0]?.counted ?? "both",
  group: "rule",
  search: "",
  operation: "",
  limit: PAGE,
};

const page = make("div", "page");
const overview = make("div");
const tools = make("div", "tools");
const list = make("main");
document.body.append(page);
page.append(overview, tools, list, keysHelp());
drawTools();
draw();
openLinked();
addEventListener("hashchange", openLinked);
addEventListener("keydown", onKey);

/**
 * @param {string} tag
 * @param {string} [className]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
function make(tag, className = "", ...children) {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  element.append(...children);
  return element;
}

/**
 * @param {string} className
 * @param {string} label
 * @param {() => void} onClick
 */
function button(className, label, onClick) {
  const element = make("button", className, label);
  element.setAttribute("type", "button");
  element.addEventListener("click", onClick);
  return element;
}

/** @param {PageReport} report */
function linesOf({ files }) {
  const side = (/** @type {PageReport["files"]["old"]} */ known) =>
    new Map(known.map(({ path, lines }) => [path, new Map(lines)]));
  return { old: side(files.old), new: side(files.new) };
}

/**
 * @param {PageFinding} finding
 * @param {PageReport} report
 */
function searchText(finding, report) {
  const { rule, message, fingerprint, places, usages } = finding;
  const where = places.flatMap((place) => [operationOf(place), place.name, place.where]);
  const used = usages.map(({ spot }) => spot);
  return [report.name, rule, message, fingerprint, ...where, ...used].join("\n").toLowerCase();
}

/** @param {PagePlace} place */
function operationOf({ method, path }) {
  return `${method} ${path}`;
}

/**
 * @param {PageFinding} finding
 * @returns {Shade}
 */
function shadeOf(finding) {
  return finding.accepted === undefined ? levelOf(finding) : "accepted";
}

/**
 * @param {PageFinding} finding
 * @returns {Exclude<Shade, "accepted">}
 */
function levelOf({ wire, source }) {
  const levels =
    VIEW.counted === "both" ? [wire, source] : [VIEW.counted === "wire" ? wire : source];
  if (levels.includes("breaking")) return "breaking";
  return levels.includes("undecidable") ? "undecidable" : "safe";
}

/** Everything but the tools, which keep the focus. */
function draw() {
  overview.replaceChildren(...DATA.reports.map(reportHead));
  for (const pressed of tools.querySelectorAll("button.level")) {
    const shade = /** @type {Shade} */ (pressed.getAttribute("data-shade"));
    pressed.setAttribute("aria-pressed", String(VIEW.shades[shade]));
    const count = ITEMS.filter(({ finding }) => shadeOf(finding) === shade).length;
    pressed.textContent = `${count} ${shade}`;
    pressed.toggleAttribute("hidden", count === 0);
  }
  drawList();
}

// What is compared

/** @param {PageReport} report */
function reportHead(report) {
  const { name, old, new: now, failed, verdict, problems } = report;
  const versions =
    old.version === now.version ? old.version : `${old.version} \u2192 ${now.version}`;
  const section = make(
    "section",
    "report",
    make(
      "header",
      "head",
      make("h1", "", name, make("span", "versions", versions)),
      make(
        "dl",
        "documents",
        make("dt", "", "old"),
        make("dd", "", `${old.location}, ${old.operations} operations`),
        make("dt", "", "new"),
        make("dd", "", `${now.location}, ${now.operations} operations`),
      ),
    ),
  );
  const sentences = verdict.length === 0 ? ["No drift."] : verdict;
  section.append(
    make(
      "div",
      failed ? "verdict failed" : "verdict",
      ...sentences.map((text) => make("p", "", text)),
    ),
  );
  if (problems.length > 0)
    section.append(make("ul", "problems", ...problems.map((text) => make("li", "", text))));
  if (report.findings.length > 0) section.append(bar(report), operationMap(report));
  return section;
}

/** @param {PageReport} report */
function bar({ findings }) {
  const element = make("div", "bar");
  for (const shade of SHADES) {
    const count = findings.filter((finding) => shadeOf(finding) === shade).length;
    if (count === 0) continue;
    const part = make("span", shade);
    part.style.flexGrow = String(count);
    part.title = `${count} ${shade}`;
    element.append(part);
  }
  return element;
}

/**
 * A tile for each operation that is touched, by class: one look tells where the trouble is.
 *
 * @param {PageReport} report
 */
function operationMap({ findings }) {
  /** @type {Map<string, Map<string, Shade>>} */
  const areas = new Map();
  for (const finding of findings) {
    const shade = shadeOf(finding);
    for (const place of finding.places) {
      const area = place.name.split(".")[0] || place.path.split("/").slice(0, 3).join("/");
      const tiles = areas.get(area) ?? new Map();
      areas.set(area, tiles);
      const known = tiles.get(operationOf(place));
      if (known === undefined || SHADES.indexOf(shade) < SHADES.indexOf(known))
        tiles.set(operationOf(place), shade);
    }
  }
  return make(
    "div",
    "map",
    ...[...areas]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([area, tiles]) =>
        make("div", "area", make("h3", "", area), make("div", "tiles", ...[...tiles].map(tile))),
      ),
  );
}

/** @param {[string, Shade]} entry */
function tile([operation, shade]) {
  const element = button(`tile ${shade}`, "", () => {
    VIEW.operation = VIEW.operation === operation ? "" : operation;
    if (VIEW.operation !== "" && !VIEW.shades[shade]) VIEW.shades[shade] = true;
    draw();
  });
  element.title = `${operation}: ${shade}`;
  element.setAttribute("aria-label", `${operation}: ${shade}`);
  element.setAttribute("aria-pressed", String(VIEW.operation === operation));
  return element;
}

// What is shown

function drawTools() {
  const search = /** @type {HTMLInputElement} */ (make("input"));
  search.type = "search";
  search.id = "search";
  search.placeholder = "Search in messages, operations, rules\u2026";
  search.setAttribute("aria-label", "Search");
  search.addEventListener("input", () => {
    VIEW.search = search.value.toLowerCase();
    VIEW.limit = PAGE;
    drawList();
  });
  tools.append(search, ...SHADES.map(shadeButton));
  tools.append(
    choice(
      "Verdict",
      { both: "wire and source", wire: "wire only", source: "source only" },
      VIEW.counted,
      (value) => {
        VIEW.counted = /** @type {Counted} */ (value);
      },
    ),
    choice(
      "Group",
      { rule: "by rule", operation: "by operation", nothing: "one list" },
      VIEW.group,
      (value) => {
        VIEW.group = /** @type {View["group"]} */ (value);
      },
    ),
  );
}

/** @param {Shade} shade */
function shadeButton(shade) {
  const element = button(`level ${shade}`, "", () => toggle(shade));
  element.setAttribute("data-shade", shade);
  return element;
}

/** @param {Shade} shade */
function toggle(shade) {
  VIEW.shades[shade] = !VIEW.shades[shade];
  draw();
}

/**
 * @param {string} label
 * @param {Readonly<Record<string, string>>} options
 * @param {string} chosen
 * @param {(value: string) => void} choose
 */
function choice(label, options, chosen, choose) {
  const select = /** @type {HTMLSelectElement} */ (make("select"));
  select.setAttribute("aria-label", label);
  for (const [value, text] of Object.entries(options)) select.add(new Option(text, value));
  select.value = chosen;
  select.addEventListener("change", () => {
    choose(select.value);
    draw();
  });
  return select;
}

/** @returns {readonly Item[]} */
function shownItems() {
  const words = VIEW.search.split(/\s+/).filter((word) => word !== "");
  return ITEMS.filter(
    ({ finding, text }) =>
      VIEW.shades[shadeOf(finding)] &&
      words.every((word) => text.includes(word)) &&
      (VIEW.operation === "" ||
        finding.places.some((place) => operationOf(place) === VIEW.operation)),
  ).sort((left, right) => rank(left) - rank(right));
}

/** @param {Item} item */
function rank({ finding }) {
  return SHADES.indexOf(shadeOf(finding));
}

function drawList() {
  const items = shownItems();
  const parts = [];
  if (VIEW.operation !== "" || items.length < ITEMS.length) parts.push(shownLine(items.length));
  const groups = groupsOf(items.slice(0, VIEW.limit));
  for (const [title, { note, members }] of groups) {
    if (title !== "") parts.push(make("h2", "group", title, make("small", "", note)));
    parts.push(...members.map(card));
  }
  if (items.length > VIEW.limit)
    parts.push(
      button(
        "more",
        `Show ${Math.min(PAGE, items.length - VIEW.limit)} more of ${items.length}`,
        () => {
          VIEW.limit += PAGE;
          drawList();
        },
      ),
    );
  if (items.length === 0 && ITEMS.length > 0)
    parts.push(make("p", "empty", "Nothing matches. Esc shows everything again."));
  list.replaceChildren(...parts);
}

/** @param {number} count */
function shownLine(count) {
  const only = VIEW.operation === "" ? "" : ` at ${VIEW.operation}`;
  return make("p", "shown", `${count} of ${ITEMS.length} findings${only}`);
}

/**
 * @param {readonly Item[]} items
 * @returns {Map<string, { note: string, members: Item[] }>}
 */
function groupsOf(items) {
  /** @type {Map<string, { note: string, members: Item[] }>} */
  const groups = new Map();
  for (const item of items) {
    const [title, note] = groupOf(item);
    const known = groups.get(title);
    if (known === undefined) groups.set(title, { note, members: [item] });
    else known.members.push(item);
  }
  return groups;
}

/**
 * @param {Item} item
 * @returns {readonly [title: string, note: string]}
 */
function groupOf({ finding, report }) {
  const of = DATA.reports.length > 1 ? `${report.name}: ` : "";
  if (VIEW.group === "rule") return [of + finding.title, finding.meaning];
  if (VIEW.group === "nothing") return ["", ""];
  const place =
    finding.places.find((known) => operationOf(known) === VIEW.operation) ?? finding.places[0];
  return place === undefined
    ? [`${of}The document as a whole`, ""]
    : [of + operationOf(place), place.name];
}

// Findings

/** @param {Item} item */
function card({ finding, report }) {
  const shade = shadeOf(finding);
  const element = /** @type {HTMLDetailsElement} */ (make("details", `finding ${shade}`));
  element.id = finding.fingerprint;
  element.append(
    make(
      "summary",
      "",
      make("div", "message", ...marked(finding.message)),
      make("div", "badges", ...badges(finding)),
      make("div", "at", ...whereParts(finding)),
    ),
  );
  // Most are never opened.
  element.addEventListener("toggle", () => {
    if (element.open && element.childElementCount === 1) element.append(cardBody(finding, report));
  });
  return element;
}

/**
 * A sentence with what stands in quotes or backticks as code.
 *
 * @param {string} text
 */
function marked(text) {
  return text
    .split(/("(?:[^"\\]|\\.)*"|`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? make("code", "", part.slice(1, -1)) : part));
}

/**
 * The verdicts that count.
 *
 * @param {PageFinding} finding
 */
function badges({ wire, source }) {
  return [
    ...(VIEW.counted === "source" ? [] : [badge("wire", wire)]),
    ...(VIEW.counted === "wire" ? [] : [badge("source", source)]),
  ];
}

/**
 * @param {string} name
 * @param {string} level
 */
function badge(name, level) {
  return make("span", `badge ${level === "safe" ? "quiet" : level}`, `${name}: ${level}`);
}

/** @param {PageFinding} finding */
function whereParts({ places, morePlaces }) {
  const [first] = places;
  if (first === undefined) return ["the document as a whole"];
  const more = places.length + morePlaces - 1;
  return [
    ...placeParts(first),
    ...(more === 0 ? [] : [`  and ${more} more ${more === 1 ? "place" : "places"}`]),
  ];
}

/** @param {PagePlace} place */
function placeParts({ method, path, name, where }) {
  const rest = [name, where].filter((text) => text !== "").join(", ");
  return [make("span", "method", method), ` ${path}`, rest === "" ? "" : `  \u00b7  ${rest}`];
}

/**
 * @param {PageFinding} finding
 * @param {PageReport} report
 */
function cardBody(finding, report) {
  const { hint, places, morePlaces, usages, accepted, rule, fingerprint, direction } = finding;
  const body = make("div", "body");
  if (accepted !== undefined) {
    const by = accepted.by === "" ? "" : ` (${accepted.by})`;
    body.append(make("p", "accepted", `Accepted: ${accepted.reason}${by}`));
  }
  body.append(make("p", "", hint));
  if (places.length > 1) body.append(heading("Where"), placeList(places, morePlaces));
  body.append(heading("The documents"), sides(finding, report));
  if (usages.length > 0)
    body.append(
      heading("In your code"),
      make(
        "ul",
        "",
        ...usages.map(({ spot, text }) => make("li", "", `${spot}  `, make("code", "", text))),
      ),
    );
  const link = /** @type {HTMLAnchorElement} */ (make("a", "", `#${fingerprint}`));
  link.href = `#${fingerprint}`;
  const parts = [`rule ${rule}`, ...(direction === "" ? [] : [direction])];
  body.append(make("div", "foot", ...parts.map((text) => make("span", "", text)), link));
  return body;
}

/** @param {string} text */
function heading(text) {
  return make("h4", "", text);
}

/**
 * @param {readonly PagePlace[]} places
 * @param {number} morePlaces
 */
function placeList(places, morePlaces) {
  const element = make("ul");
  const line = (/** @type {PagePlace} */ place) => make("li", "", ...placeParts(place));
  element.append(...places.slice(0, PLACES).map(line));
  const rest = places.slice(PLACES);
  if (rest.length > 0) {
    const more = make("li");
    more.append(
      button("fold", `Show ${rest.length} more`, () => {
        const left = morePlaces === 0 ? [] : [make("li", "", `and ${morePlaces} more`)];
        more.replaceWith(...rest.map(line), ...left);
      }),
    );
    element.append(more);
  }
  return element;
}

/**
 * @param {PageFinding} finding
 * @param {PageReport} report
 */
function sides(finding, report) {
  return make(
    "div",
    "sides",
    side("old", "removed", finding.old, report),
    side("new", "added", finding.new, report),
  );
}

/**
 * @param {"old" | "new"} which
 * @param {string} changed the class of lines that only this side has
 * @param {PageExcerpt | undefined} excerpt
 * @param {PageReport} report
 */
function side(which, changed, excerpt, report) {
  const element = make("div", "side");
  if (excerpt === undefined) {
    element.append(
      heading(which),
      make("div", "nothing", `Nothing of the kind in the ${which} document.`),
    );
    return element;
  }
  const { file, line, column } = excerpt;
  element.append(heading(`${which}  ${file}:${line}:${column}`));
  const texts = LINES.get(report)?.[which].get(file);
  if (texts === undefined) element.append(make("div", "nothing", "Its text is not at hand."));
  else element.append(code(excerpt, texts, changed));
  return element;
}

/**
 * @param {PageExcerpt} excerpt
 * @param {ReadonlyMap<number, string>} texts
 * @param {string} changed
 */
function code({ line, range, changed: lines }, texts, changed) {
  const [first, last] = range;
  const near = { from: Math.max(first, line - NEAR.above), to: Math.min(last, line + NEAR.below) };
  const rows = make("tbody");
  const row = (/** @type {number} */ number) => {
    const classes = [lines.includes(number) ? changed : "", number === line ? "here" : ""];
    return make(
      "tr",
      classes.filter((name) => name !== "").join(" "),
      make("td", "", String(number)),
      make("td", "", texts.get(number) ?? ""),
    );
  };
  rows.append(...numbers(near.from, near.to).map(row));
  const element = make("div", "lines", make("table", "", rows));
  if (first < near.from)
    element.prepend(fold("above", () => rows.prepend(...numbers(first, near.from - 1).map(row))));
  if (last > near.to)
    element.append(fold("below", () => rows.append(...numbers(near.to + 1, last).map(row))));
  return element;
}

/**
 * @param {number} from
 * @param {number} to
 */
function numbers(from, to) {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/**
 * @param {string} where
 * @param {() => void} unfold
 */
function fold(where, unfold) {
  const element = button("fold", where === "above" ? "\u25b2 more" : "\u25bc more", () => {
    unfold();
    element.remove();
  });
  element.setAttribute("aria-label", `more lines ${where}`);
  return element;
}

// Links and keys

/** Shows the finding that the address names, whatever is filtered. */
function openLinked() {
  const wanted = location.hash.slice(1);
  const item = ITEMS.find(({ finding }) => finding.fingerprint === wanted);
  if (item === undefined) return;
  if (!(document.getElementById(wanted) instanceof HTMLDetailsElement)) {
    VIEW.search = "";
    VIEW.operation = "";
    VIEW.shades[shadeOf(item.finding)] = true;
    VIEW.limit = ITEMS.length;
    const search = document.getElementById("search");
    if (search instanceof HTMLInputElement) search.value = "";
    draw();
  }
  const element = document.getElementById(wanted);
  if (!(element instanceof HTMLDetailsElement)) return;
  element.open = true;
  element.scrollIntoView();
  element.querySelector("summary")?.focus({ preventScroll: true });
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const search = document.getElementById("search");
  if (event.ctrlKey || event.metaKey || event.altKey || !(search instanceof HTMLInputElement))
    return;
  if (event.key === "Escape") {
    VIEW.search = "";
    VIEW.operation = "";
    search.value = "";
    search.blur();
    draw();
  }
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
  const shade = SHADES[Number(event.key) - 1];
  if (event.key === "/") {
    event.preventDefault();
    search.focus();
  } else if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (shade !== undefined) toggle(shade);
}

/** @param {1 | -1} step */
function move(step) {
  const summaries = [...list.querySelectorAll("summary")];
  const current = summaries.findIndex((summary) => summary === document.activeElement);
  const next = summaries[current === -1 ? 0 : current + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function keysHelp() {
  const keys = [
    ["/", "search"],
    ["j", "next"],
    ["k", "previous"],
    ["Enter", "open or close"],
    ["1", "to"],
    ["4", "show or hide a level"],
    ["Esc", "show everything"],
  ];
  return make(
    "footer",
    "keys",
    ...keys.flatMap(([key = "", what = ""]) => [make("kbd", "", key), ` ${what}  `]),
  );
}
