import { createRequire } from "node:module";
import path from "node:path";
import { generatorHash, VERSION } from "../generator/output/generator-identity.js";
import { ROOT } from "./places.js";
import { SYNTAX_TREES } from "./syntax-trees.js";

/** Where the published package keeps the library that searches in sites, from its `dist/`. */
export const SEARCH_LIBRARY = "templates/site-search/minisearch.js";

/** What stands in the package in place of sources that look at the repository. */
export async function substitutes(): Promise<ReadonlyMap<string, string>> {
  const hash = await generatorHash();
  return new Map([
    [
      "generator/output/generator-identity.ts",
      `export const VERSION = ${JSON.stringify(VERSION)};
export const generatorHash = () => Promise.resolve(${JSON.stringify(hash)});
`,
    ],
    [
      "generator/search-library.ts",
      `import { fileURLToPath } from "node:url";
export const SEARCH_LIBRARY = fileURLToPath(new URL("./${SEARCH_LIBRARY}", import.meta.url));
`,
    ],
    ["generator/emit/verify/syntax-trees.ts", SYNTAX_TREES],
    // Nothing is left that has to be translated.
    ["generator/load-typescript.js", "export const typeScriptRequire = undefined;"],
  ]);
}

/** What cutting references into parts needs. */
export const UTILITIES = `exports.isTruthy = Boolean;
exports.isPlainObject = (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value);
`;

const MANIFEST = createRequire(import.meta.url)(path.join(ROOT, "package.json")) as Manifest;

/** What the bundles require from elsewhere. */
export const DEPENDENCIES: readonly string[] = Object.keys(MANIFEST.dependencies);

/** What the bundles may have in them, besides what these packages need themselves. */
export const DEVELOPMENT: ReadonlySet<string> = new Set(Object.keys(MANIFEST.devDependencies));

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
