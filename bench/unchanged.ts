import { threeDocuments } from "./documents.js";
import { CONDITIONS, HEADER, rowsOf } from "./generating.js";
import { madeProject } from "./made.js";
import { medians, type Contestant } from "./measure.js";
import type { Table } from "./suite.js";
import { DRIFTLINE } from "./tools.js";

/* How long it takes to see that nothing has changed. */

export const name = "unchanged";

const ROUNDS = 9;

/** Measures; needs `npm run build`. */
export function tables(parent: string): readonly Table[] {
  const { sources, told } = threeDocuments(parent);
  const { folder } = madeProject(sources, parent);
  const all = ["generate", "check"].map((word): Contestant => ({
    title: `driftline ${word}, with pages`,
    prepare: () => ({ folder, commands: [[DRIFTLINE, word]] }),
  }));
  const rows = rowsOf(all, medians(all, ROUNDS, parent));
  const note = `${told} ${CONDITIONS} ${ROUNDS} rounds.`;
  return [{ title: "Nothing has changed", note, header: HEADER, rows }];
}
