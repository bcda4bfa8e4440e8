import { readFileSync, writeFileSync } from "node:fs";
import { repository } from "../test/support/repository.js";
import { countAll, type Counts } from "./counts.js";
import { ALLOWANCE, overLimits } from "./over-limits.js";

/*
 * `npm run bench:guard` fails when what clients cost their users, in counts, has grown beyond what is recorded;
 * `npm run bench:guard -- --update` records what it is now.
 */

const RECORD = repository("bench/guard.json");

const counts = await countAll();
if (process.argv.includes("--update")) {
  writeFileSync(RECORD, `${JSON.stringify(counts, undefined, 2)}\n`);
} else {
  const recorded = JSON.parse(readFileSync(RECORD, "utf8")) as Counts;
  const lines = overLimits(counts, recorded);
  if (lines.length > 0) {
    process.stderr.write(
      `More than ${ALLOWANCE * 100} % above bench/guard.json:\n${lines.map((line) => `  ${line}\n`).join("")}` +
        'If that is worth it, say why in the commit and record it: "npm run bench:guard -- --update".\n',
    );
    process.exitCode = 1;
  }
}
