import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { bundle } from "./bundle.js";
import { installSizePage } from "./install-size.js";
import { ROOT } from "./places.js";

/* What `npm run install-size` runs: it writes the page, or with `--check` tells whether it is up to date. */

const file = path.join(ROOT, "docs/install-size.md");
const options = { ...(await resolveConfig(file)), filepath: file };
const page = await format(installSizePage((await bundle()).metafile), options);
if (!process.argv.includes("--check")) writeFileSync(file, page);
else if (readFileSync(file, "utf8") !== page) {
  process.stderr.write("docs/install-size.md is not up to date: npm run install-size\n");
  process.exitCode = 1;
}
