import type { Element } from "hast";
import { visible } from "../diagnostics/quoted.js";
import type { Page } from "../docs/page.js";
import { pagePaths } from "../docs/page-paths.js";
import type { Reference } from "../reference/reference.js";
import { element } from "./element.js";
import { printPage } from "./layout.js";
import { pageContent } from "./page-content.js";
import { searchEntries, searchScript } from "./search-data.js";
import { sidebar, type NavLink, type ServiceNav } from "./sidebar.js";
import { htmlPath, serviceFolder, SITE_FILES, wayBack } from "./site-paths.js";

/** A service of a site. */
export interface SiteService {
  /** Its name in the configuration: lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly reference: Reference;
  readonly pages: readonly Page[];
}

/** A file of a site. */
export interface SiteFile {
  /** Relative to the root of the site. */
  readonly path: string;
  /** Makes its text, the same one each time. */
  readonly text: () => string;
}

/** The files of a site that are the same for all, by their names there. */
export type SiteAssets = ReadonlyMap<string, string>;

/** A service with what all of its pages share. */
interface Shelf extends SiteService {
  readonly folder: string;
  readonly paths: ReadonlySet<string>;
  readonly nav: ServiceNav;
}

/**
 * A static site of reference pages: plain files that link to each other by relative paths, and load nothing else.
 * Texts are made when they are asked for, so that a page can be shown before all are made.
 */
export function makeSite(
  services: readonly SiteService[],
  assets: SiteAssets,
): readonly SiteFile[] {
  const shelves = services.map((service) => shelfOf(service, services.length));
  const start =
    services.length === 1 ? [] : [{ path: SITE_FILES.start, text: () => startPage(shelves) }];
  return [
    ...start,
    ...shelves.flatMap((shelf) => shelf.pages.map((page) => pageFile(page, shelf, shelves))),
    { path: SITE_FILES.searchData, text: () => searchScript(shelves.flatMap(entriesOf)) },
    ...[...assets].map(([path, text]) => ({ path, text: () => text })),
  ];
}

function shelfOf(service: SiteService, services: number): Shelf {
  const folder = serviceFolder(service.name, services);
  const paths = new Set(service.pages.map(({ path }) => path));
  return { ...service, folder, paths, nav: navOf(service, folder) };
}

function navOf({ name, reference }: SiteService, folder: string): ServiceNav {
  const paths = pagePaths(reference);
  const link = (text: string, path: string): NavLink => ({
    text,
    href: `${folder}${htmlPath(path)}`,
  });
  return {
    service: name,
    title: reference.clientName,
    overview: link("Overview", paths.readme),
    classes: reference.classes.map(({ className }) => link(className, paths.ofClass(className))),
    models: reference.models.map(({ declaration }) =>
      link(declaration.name, paths.ofType(declaration.name) ?? paths.readme),
    ),
  };
}

function entriesOf({ name, folder, reference }: Shelf): ReturnType<typeof searchEntries> {
  return searchEntries(name, folder, reference, pagePaths(reference));
}

/* --------------------------------------------------------------------- pages */

function pageFile(page: Page, shelf: Shelf, shelves: readonly Shelf[]): SiteFile {
  const path = `${shelf.folder}${htmlPath(page.path)}`;
  return { path, text: () => pageText(page, path, shelf, shelves) };
}

function pageText(page: Page, href: string, shelf: Shelf, shelves: readonly Shelf[]): string {
  const { content, sections } = pageContent(page, shelf.paths);
  const back = wayBack(href);
  const navs = shelves.map(({ nav }) => nav);
  return printPage({
    title: titleOf(page, shelf),
    brand: brandOf(shelves),
    back,
    service: shelf.name,
    sidebar: sidebar(navs, shelf.nav, { href, title: page.title, sections }, back),
    content,
  });
}

function titleOf({ path, title }: Page, { reference }: Shelf): string {
  const { clientName } = reference;
  return path === "README.md" ? `${clientName} reference` : `${title} - ${clientName} reference`;
}

function brandOf(shelves: readonly Shelf[]): string {
  const [only, ...others] = shelves;
  return only !== undefined && others.length === 0
    ? `${only.reference.clientName} reference`
    : "API reference";
}

/** The page that lists the services. */
function startPage(shelves: readonly Shelf[]): string {
  const page = { href: SITE_FILES.start, title: "API reference", sections: [] };
  return printPage({
    title: "API reference",
    brand: "API reference",
    back: "",
    service: "",
    sidebar: sidebar(
      shelves.map(({ nav }) => nav),
      undefined,
      page,
      "",
    ),
    content: [
      element("h1", {}, "API reference"),
      element("ul", { className: ["services"] }, ...shelves.map(serviceCard)),
    ],
  });
}

function serviceCard({ reference, nav }: Shelf): Element {
  const { title, version, clientName, classes, models } = reference;
  const operations = classes.reduce((sum, each) => sum + each.operations.length, 0);
  const counts = [
    plural(operations, "operation", "operations"),
    plural(classes.length, "class", "classes"),
    plural(models.length, "model", "models"),
  ];
  return element(
    "li",
    {},
    element("a", { href: nav.overview.href }, clientName),
    element("p", {}, visible(`${title} ${version}`)),
    element("p", { className: ["counts"] }, counts.join(", ")),
  );
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
