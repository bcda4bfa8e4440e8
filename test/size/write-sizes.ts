import { readFileSync, writeFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import { repository } from "../support/repository.js";
import { bundleOf, IMPORTS } from "./bundles.js";
import { measured, withRows } from "./table.js";

/* What `npm run size` runs: it writes the README's table, and tells what the smallest bundle holds. */

const readme = repository("README.md");
const rows = await measured();
const text = withRows(readFileSync(readme, "utf8"), rows);
const options = { ...(await resolveConfig(readme)), filepath: readme };
writeFileSync(readme, await format(text, options));

const lines = rows.map(({ name, bytes }) => `${String(bytes).padStart(7)}  ${name}`);
const [smallest] = IMPORTS;
if (smallest === undefined) throw new Error("nothing to measure");
const { files } = await bundleOf(smallest);
const parts = [...files]
  .sort(([, one], [, other]) => other - one)
  .map(([file, bytes]) => `${String(bytes).padStart(7)}  ${file}`);
const heading = `\n${smallest.name}, minified but not compressed:`;
process.stdout.write(`${[...lines, heading, ...parts].join("\n")}\n`);
