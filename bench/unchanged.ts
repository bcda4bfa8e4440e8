import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { threeDocuments } from "./documents.js";
import { CONDITIONS, HEADER, rowsOf } from "./generating.js";
import { inFolder, medians, type Contestant } from "./measure.js";
import type { Table } from "./suite.js";
import { driftline, DRIFTLINE, NODE } from "./tools.js";

/* How long it takes to see that nothing has changed. */

export const name = "unchanged";

const ROUNDS = 9;

/** Measures; needs `npm run build`. */
export function tables(): Promise<readonly Table[]> {
  const { sources, told } = threeDocuments();
  const rows = inFolder((folder) => {
    const own = path.join(folder, "own");
    mkdirSync(own);
    const [command = []] = driftline(true).prepare(own, sources);
    const made = spawnSync(NODE, command, { cwd: own, encoding: "utf8" });
    if (made.status !== 0) throw new Error(`generate failed:\n${made.stderr}`);
    const all = ["generate", "check"].map((word): Contestant => ({
      title: `driftline ${word}, with pages`,
      before: () => undefined,
      folder: own,
      commands: [[DRIFTLINE, word]],
    }));
    return rowsOf(all, medians(all, ROUNDS));
  });
  const note = `${told} ${CONDITIONS} ${ROUNDS} rounds.`;
  return Promise.resolve([{ title: "Nothing has changed", note, header: HEADER, rows }]);
}
