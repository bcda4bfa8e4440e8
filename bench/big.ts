import { existsSync } from "node:fs";
import { GITHUB } from "./documents.js";
import { CONDITIONS, fromNothing, HEADER, rowsOf } from "./generating.js";
import { medians, roundsTold } from "./measure.js";
import { tell } from "./progress.js";
import type { Table } from "./suite.js";
import { driftline, heyApi, OAZAPFTS, OPENAPI_TYPESCRIPT, orval } from "./tools.js";

/* How long a client of one big document takes where there is none yet. */

export const name = "big";

const ROUNDS = 3;

/** Measures; needs `npm run build` and `npm ci --prefix bench/github --ignore-scripts`. */
export function tables(folder: string): readonly Table[] {
  if (!existsSync(GITHUB)) {
    tell("NOT MEASURED: GitHub's document is not here.");
    tell('"npm ci --prefix bench/github --ignore-scripts" brings it, with 400 MB.');
    return [];
  }
  // orval with prettier takes more than a minute, and nobody's figures depend on it.
  const tools = [
    ...[driftline(true), driftline(false), OAZAPFTS, OPENAPI_TYPESCRIPT],
    ...[orval(false), heyApi(false), heyApi(true)],
  ];
  const all = tools.map((tool) => fromNothing(tool, [{ service: "github", file: GITHUB }]));
  const rows = rowsOf(all, medians(all, ROUNDS, folder));
  const note = `\`api.github.com.json\` of @octokit/openapi, 13 MB. ${CONDITIONS} ${roundsTold(ROUNDS)} Ours is always formatted.`;
  return [{ title: "GitHub's document", note, header: HEADER, rows }];
}
