import { inFolder, newFolder } from "./folders.js";
import { sectionOf } from "./results.js";
import { SUITES } from "./suites.js";
import { machine, writePage, writeResult } from "./write-results.js";

/*
 * `npm run bench` runs all suites, `npm run bench -- cold big` the named ones. Each prints its tables and replaces its
 * own part of `RESULTS.md`; the parts of others stay.
 */

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) {
  const known = SUITES.map(({ name }) => name).join(", ");
  process.stderr.write(`No suite is called ${unknown.join(", ")}; there are: ${known}.\n`);
  process.exitCode = 1;
} else {
  await inFolder(async (folder) => {
    for (const suite of SUITES) {
      if (wanted.length > 0 && !wanted.includes(suite.name)) continue;
      process.stderr.write(`${suite.name}\n`);
      const where = machine();
      const tables = await suite.tables(newFolder(folder, suite.name));
      if (tables.length === 0) continue;
      writeResult(suite, where, tables);
      process.stdout.write(`${tables.map(sectionOf).join("\n\n")}\n\n`);
    }
  });
  await writePage(SUITES);
}
