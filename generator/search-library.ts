import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);

/**
 * The file of MiniSearch that needs no module loader, which its package has but exports under no name. The build puts
 * a copy into the published package, and its path in place of this file.
 */
export const SEARCH_LIBRARY = path.join(
  path.dirname(require.resolve("minisearch")),
  "../umd/index.js",
);
