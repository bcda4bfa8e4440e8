import { threeDocuments } from "./documents.js";
import { CONDITIONS, fromNothing, HEADER, rowsOf } from "./generating.js";
import { medians, roundsTold } from "./measure.js";
import type { Table } from "./suite.js";
import { driftline, OTHERS } from "./tools.js";

/* How long all clients of three documents take where there are none yet. */

export const name = "cold";

const ROUNDS = 5;

/** Measures; needs `npm run build`. */
export function tables(folder: string): readonly Table[] {
  const { sources, told } = threeDocuments(folder);
  const tools = [driftline(true), driftline(false), ...OTHERS];
  const all = tools.map((tool) => fromNothing(tool, sources));
  const rows = rowsOf(all, medians(all, ROUNDS, folder));
  const note = `${told} ${CONDITIONS} ${roundsTold(ROUNDS)} Ours is always formatted.`;
  return [{ title: "Three clients from nothing", note, header: HEADER, rows }];
}
