import { readFileSync, writeFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import { repository } from "../support/repository.js";
import { bundleOf, IMPORTS } from "./bundles.js";
import { measured, withRows, type Row } from "./table.js";

/* What `npm run size` runs: it writes the tables of docs/sizes.md and of the README, and tells what the smallest bundle holds. */

const rows = await measured();
await write("docs/sizes.md", rows);
await write("README.md", rows.slice(0, IMPORTS.length));

const lines = rows.map(({ name, bytes }) => `${String(bytes).padStart(7)}  ${name}`);
const [smallest] = IMPORTS;
if (smallest === undefined) throw new Error("nothing to measure");
const { files } = await bundleOf(smallest);
const parts = [...files]
  .sort(([, one], [, other]) => other - one)
  .map(([file, bytes]) => `${String(bytes).padStart(7)}  ${file}`);
const heading = `\n${smallest.name}, minified but not compressed:`;
process.stdout.write(`${[...lines, heading, ...parts].join("\n")}\n`);

async function write(page: string, shown: readonly Row[]): Promise<void> {
  const file = repository(page);
  const text = withRows(readFileSync(file, "utf8"), shown);
  const options = { ...(await resolveConfig(file)), filepath: file };
  writeFileSync(file, await format(text, options));
}
