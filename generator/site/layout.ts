import type { Element, ElementContent } from "hast";
import { visible } from "../diagnostics/quoted.js";
import { element, printHtml } from "./element.js";
import { SITE_FILES } from "./site-paths.js";

/**
 * What browsers may do on pages of the site (CSP Level 3): show them with their own style, scripts and icon, and
 * nothing else. Nothing is fetched, and no script of a page itself runs.
 */
export const SITE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** What a page of the site is made of. */
export interface Layout {
  readonly title: string;
  /** What the bar at the top calls the site. */
  readonly brand: string;
  /** The way from the page to the root of the site. */
  readonly back: string;
  readonly service: string;
  readonly sidebar: Element;
  readonly content: readonly ElementContent[];
}

/** A whole page. */
export function printPage(layout: Layout): string {
  const html = element("html", { lang: "en" }, head(layout), body(layout));
  return `<!doctype html>\n${printHtml(html)}\n`;
}

function head({ title, back }: Layout): Element {
  return element(
    "head",
    {},
    element("meta", { charSet: "utf-8" }),
    element("meta", { httpEquiv: ["Content-Security-Policy"], content: SITE_POLICY }),
    element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    element("meta", { name: "color-scheme", content: "light dark" }),
    element("meta", { name: "referrer", content: "no-referrer" }),
    element("title", {}, visible(title)),
    element("link", { rel: ["icon"], href: `${back}${SITE_FILES.icon}`, type: "image/svg+xml" }),
    element("link", { rel: ["stylesheet"], href: `${back}${SITE_FILES.style}` }),
    element("script", { src: `${back}${SITE_FILES.script}`, defer: true }),
  );
}

function body({ brand, back, service, sidebar, content }: Layout): Element {
  return element(
    "body",
    { dataRoot: back, dataService: service },
    element("a", { className: ["skip"], href: "#content" }, "Skip to the content"),
    element(
      "header",
      { className: ["top"] },
      element("a", { className: ["menu"], href: "#nav" }, "Menu"),
      element("a", { className: ["brand"], href: `${back}${SITE_FILES.start}` }, visible(brand)),
      searchBox(),
    ),
    element(
      "div",
      { className: ["columns"] },
      sidebar,
      element("main", { id: "content", tabIndex: -1 }, element("article", {}, ...content)),
    ),
  );
}

/** Hidden until the script is there, without which it would do nothing. */
function searchBox(): Element {
  return element(
    "div",
    { className: ["search"], role: "search", hidden: true },
    element("input", {
      id: "search",
      type: "search",
      role: "combobox",
      placeholder: "Search",
      autoComplete: ["off"],
      spellCheck: "false",
      ariaLabel: "Search operations, classes and models",
      ariaAutoComplete: "list",
      ariaControls: ["results"],
      ariaExpanded: "false",
      ariaKeyShortcuts: "/",
    }),
    element("ul", { id: "results", role: "listbox", ariaLabel: "Results", hidden: true }),
    element("p", { className: ["status"], role: "status" }),
  );
}
