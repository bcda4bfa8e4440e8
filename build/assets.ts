import { cp, readdir } from "node:fs/promises";
import path from "node:path";
import { SEARCH_LIBRARY as SOURCE } from "../generator/search-library.js";
import { DIST, ROOT } from "./places.js";
import { SEARCH_LIBRARY } from "./substitutes.js";

/** Files of the generator that it reads when it runs. Schemas are part of the bundles. */
const READ = /\.(?:yaml|css)$|\/page\.js$/;

/** Copies what is read when the generator runs to where the bundles look for it, and the schema to where editors do. */
export async function copyAssets(): Promise<void> {
  const names = await readdir(path.join(ROOT, "generator"), { recursive: true });
  const read = names
    .map((name) => name.replaceAll(path.sep, "/"))
    .filter((name) => READ.test(name));
  await copy("templates", path.join(DIST, "templates"));
  for (const name of read) await copy(`generator/${name}`, path.join(DIST, "generator", name));
  await cp(SOURCE, path.join(DIST, SEARCH_LIBRARY));
  await copy("generator/config/schema.json", path.join(ROOT, "schema.json"));
}

function copy(name: string, to: string): Promise<void> {
  return cp(path.join(ROOT, name), to, {
    recursive: true,
    filter: (file) => !path.basename(file).startsWith("."),
  });
}
