import { threeDocuments } from "./documents.js";
import { CONDITIONS, fromNothing, HEADER, rowsOf } from "./generating.js";
import { inFolder, medians } from "./measure.js";
import type { Table } from "./suite.js";
import { driftline, OTHERS } from "./tools.js";

/* How long all clients of three documents take where there are none yet. */

export const name = "cold";

const ROUNDS = 3;

/** Measures; needs `npm run build`. */
export function tables(): Promise<readonly Table[]> {
  const { sources, told } = threeDocuments();
  const tools = [driftline(false), driftline(true), ...OTHERS];
  const rows = inFolder((folder) => {
    const all = tools.map((tool, index) => fromNothing(tool, sources, folder, index));
    return rowsOf(all, medians(all, ROUNDS));
  });
  const note = `${told} ${CONDITIONS} ${ROUNDS} rounds. Ours is always formatted.`;
  return Promise.resolve([{ title: "Three clients from nothing", note, header: HEADER, rows }]);
}
