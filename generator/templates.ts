import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { PageTemplates } from "./docs/templates.js";
import type { Helper } from "./names/helper.js";
import type { GeneratedFile } from "./output/generated-file.js";
import { SEARCH_LIBRARY } from "./search-library.js";
import type { SiteAssets } from "./site/site.js";
import { SITE_FILES } from "./site/site-paths.js";

const RUNTIME = fileURLToPath(new URL("../templates/runtime/", import.meta.url));
const PAGES = fileURLToPath(new URL("../templates/docs/", import.meta.url));
const SITE = fileURLToPath(new URL("../templates/site/", import.meta.url));
const SERVICES = fileURLToPath(new URL("../templates/services/", import.meta.url));

/** A declaration that is exported by name, as it is written in formatted code. */
const EXPORT =
  /^export (?:abstract |async )*(?:class|const|function\*?|interface|type) ([A-Za-z_$][\w$]*)/gm;

/** The files of the runtime, unchanged, with paths relative to the runtime's folder. */
export function runtimeFiles(): Promise<readonly GeneratedFile[]> {
  return scriptsIn(RUNTIME);
}

/** Everything that `helpers` of a service can name, sorted by name. */
export async function helpers(): Promise<readonly Helper[]> {
  const [scripts, texts] = await Promise.all([scriptsIn(SERVICES), filesIn(SERVICES, ".md")]);
  const pages = new Map(texts.map(({ path: file, text }) => [path.basename(file, ".md"), text]));
  return scripts.map(helperOf).map((helper) => {
    const page = pages.get(helper.name);
    return page === undefined ? helper : { ...helper, page };
  });
}

/** The helper that a file is: its name, and what it exports. */
export function helperOf({ path: file, text }: GeneratedFile): Helper {
  const exports = [...text.matchAll(EXPORT)].map(([, name]) => name ?? "");
  return { name: path.basename(file, ".ts"), exports: [...new Set(exports)], text };
}

/** The templates of pages, by their names without ending. */
export async function pageTemplates(): Promise<PageTemplates> {
  const files = await filesIn(PAGES, ".md");
  return new Map(files.map(({ path: file, text }) => [path.basename(file, ".md"), text]));
}

/** The files that all sites of reference pages have: style, script, icon, and the library that searches. */
export async function siteAssets(): Promise<SiteAssets> {
  const [own, library] = await Promise.all([
    Promise.all([".css", ".js", ".svg"].map((ending) => filesIn(SITE, ending))),
    readFile(SEARCH_LIBRARY, "utf8"),
  ]);
  return new Map([
    ...own.flat().map(({ path: file, text }) => [file, text] as const),
    [SITE_FILES.searchLibrary, library.replace(/\n\/\/# sourceMappingURL=.*\n?$/, "\n")],
  ]);
}

function scriptsIn(folder: string): Promise<readonly GeneratedFile[]> {
  return filesIn(folder, ".ts");
}

async function filesIn(folder: string, ending: string): Promise<readonly GeneratedFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(ending)).sort();
  // At once: to ask another thread for each of a hundred small files takes ten times as long (95 files: 10 ms).
  return names.map((name) => ({
    path: name,
    text: readFileSync(path.join(folder, name), "utf8"),
  }));
}
