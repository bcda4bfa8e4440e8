import * as bundles from "./bundles.js";
import * as calls from "./calls.js";
import * as types from "./types.js";

/*
 * Prints the tables of calls, bundles and types: `npm run bench:calls`, and `npm run bench:calls -- bundles` for one of them.
 */

const wanted = process.argv.slice(2);
for (const suite of [bundles, calls, types]) {
  if (wanted.length > 0 && !wanted.includes(suite.name)) continue;
  for (const { title, note, header, rows } of await suite.tables()) {
    const lines = [header, header.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
    process.stdout.write(`## ${title}\n\n${note}\n\n${lines.join("\n")}\n\n`);
  }
}
