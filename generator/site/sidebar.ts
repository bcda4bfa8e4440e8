import type { Element } from "hast";
import { breakable } from "./breakable.js";
import { element } from "./element.js";
import type { Section } from "./page-content.js";

/** A link of the sidebar. */
export interface NavLink {
  readonly text: string;
  /** Relative to the root of the site. */
  readonly href: string;
}

/** What the sidebar tells of one service. */
export interface ServiceNav {
  readonly service: string;
  readonly title: string;
  readonly overview: NavLink;
  readonly classes: readonly NavLink[];
  readonly models: readonly NavLink[];
}

/** A page as the sidebar sees it. */
export interface OpenPage {
  readonly href: string;
  readonly title: string;
  readonly sections: readonly Section[];
}

/** How many links a list can have that is part of each page; a longer one is left to the script and to the overview. */
const LONGEST_LIST = 100;

/**
 * The sidebar of a page.
 *
 * @param services all services of the site
 * @param current the service of the page; `undefined` for the page that lists the services
 * @param back the way from the page to the root of the site
 */
export function sidebar(
  services: readonly ServiceNav[],
  current: ServiceNav | undefined,
  page: OpenPage,
  back: string,
): Element {
  const others = services.length > 1 ? [servicesList(services, current, back)] : [];
  const own = current === undefined ? [] : serviceLists(current, page, back);
  return element("nav", { id: "nav", ariaLabel: "Reference" }, ...others, ...own);
}

function servicesList(
  services: readonly ServiceNav[],
  current: ServiceNav | undefined,
  back: string,
): Element {
  const links = services.map((each) =>
    item(
      back,
      { text: each.title, href: each.overview.href },
      each === current ? "true" : undefined,
    ),
  );
  return element("div", {}, element("h2", {}, "Services"), element("ul", {}, ...links));
}

function serviceLists(
  { service, title, overview, classes, models }: ServiceNav,
  page: OpenPage,
  back: string,
): readonly Element[] {
  const open = (link: NavLink): Element =>
    link.href === page.href ? openItem(back, link, page.sections) : item(back, link);
  const list = (kind: string, heading: string, links: readonly NavLink[]): readonly Element[] =>
    links.length === 0
      ? []
      : [foldedList(kind, heading, links, { service, overview, page, back, open })];
  return [
    element("h2", {}, title),
    element("ul", {}, open(overview)),
    ...list("class", "Classes", classes),
    ...list("model", "Models", models),
  ];
}

/** A list that can be folded. Where it is long, it has the open page only, and the script adds the others. */
function foldedList(
  kind: string,
  heading: string,
  links: readonly NavLink[],
  {
    service,
    overview,
    page,
    back,
    open,
  }: {
    readonly service: string;
    readonly overview: NavLink;
    readonly page: OpenPage;
    readonly back: string;
    readonly open: (link: NavLink) => Element;
  },
): Element {
  const isLong = links.length > LONGEST_LIST;
  const own = links.filter(({ href }) => href === page.href);
  const shown = isLong ? own : links;
  const all = { text: `All ${links.length} on the overview`, href: overview.href };
  return element(
    "details",
    { open: kind === "class" || own.length > 0 },
    element("summary", {}, heading, " ", element("small", {}, String(links.length))),
    element(
      "ul",
      isLong ? { dataKind: kind, dataService: service } : {},
      ...shown.map(open),
      ...(isLong ? [item(back, all)] : []),
    ),
  );
}

function openItem(back: string, link: NavLink, sections: readonly Section[]): Element {
  const inner = sections.map(({ id, text }) => item("", { text, href: `#${id}` }));
  const found = item(back, link, "page");
  if (inner.length > 0) found.children.push(element("ul", {}, ...inner));
  return found;
}

function item(back: string, { text, href }: NavLink, current?: "page" | "true"): Element {
  const properties = current === undefined ? {} : { ariaCurrent: current };
  return element(
    "li",
    {},
    element("a", { href: `${back}${href}`, ...properties }, ...breakable(text)),
  );
}
