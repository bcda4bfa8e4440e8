import type { Page } from "../docs/page.js";

/** The name of the page that a folder opens with. */
const START = "index.html";

/** Files of the site that are no pages. None has the name of a folder: those of services have no dot in theirs. */
export const SITE_FILES = {
  start: START,
  style: "site.css",
  script: "site.js",
  searchLibrary: "minisearch.js",
  searchData: "search.js",
  icon: "icon.svg",
} as const;

/** Where the pages of a service are in a site. A site of one service is that service. */
export function serviceFolder(service: string, services: number): string {
  return services === 1 ? "" : `${service}/`;
}

/** The HTML file of a page, relative to the folder of its service. */
export function htmlPath(page: Page["path"]): string {
  const [folder, name] = splitPath(page);
  return name === "README.md" ? `${folder}${START}` : `${folder}${name.replace(/\.md$/, ".html")}`;
}

/** The way from a file back to the folder that its path is relative to: `../` for each folder. */
export function wayBack(file: string): string {
  return "../".repeat(file.split("/").length - 1);
}

/**
 * A link on a page as one of the site.
 *
 * @param from the page, relative to the folder of the pages
 * @param pages the paths of all pages
 * @returns `undefined` where the link leads to nothing that the site has, nor to another site
 */
export function siteLink(
  url: string,
  from: Page["path"],
  pages: ReadonlySet<string>,
): string | undefined {
  if (/^(?:https?:\/\/|mailto:)/i.test(url)) return url;
  if (url.startsWith("#")) return url;
  const [target = "", anchor] = url.split("#", 2);
  const path = resolvePath(splitPath(from)[0], target);
  if (path === undefined || !pages.has(path)) return undefined;
  const hash = anchor === undefined ? "" : `#${anchor}`;
  return `${wayBack(from)}${htmlPath(path)}${hash}`;
}

/** A relative path below a folder; `undefined` where it leaves the root. */
function resolvePath(folder: string, target: string): string | undefined {
  const found: string[] = folder.split("/").filter((segment) => segment !== "");
  for (const segment of target.split("/")) {
    if (segment === "..") {
      if (found.pop() === undefined) return undefined;
    } else if (segment !== ".") found.push(segment);
  }
  return found.join("/");
}

function splitPath(path: string): readonly [folder: string, name: string] {
  const slash = path.lastIndexOf("/") + 1;
  return [path.slice(0, slash), path.slice(slash)];
}
