import { execFileSync } from "node:child_process";
import path from "node:path";
import { build } from "esbuild";
import { repository } from "../test/support/repository.js";
import { installed, makeOthers, node, titleOf } from "./calls-others.js";
import { tell } from "./progress.js";
import type { Table } from "./suite.js";
import { measuredCalls, otherOf, RAW, START, type MeasuredCall } from "./calls-programs.js";

/*
 * What a call costs beside `fetch` and `json()`, with a `fetch` that has the answer ready: ours and those of others.
 */

export const name = "calls";

/** How often each program runs, in turns with all others; the median counts. */
const TURNS = 5;

/** Measures; microseconds of the processor. Takes about two minutes. */
export async function tables(folder: string): Promise<readonly Table[]> {
  makeOthers(folder);
  const all: Table[] = [];
  for (const call of measuredCalls(folder)) all.push(await tableOf(call, folder));
  return all;
}

async function tableOf({ title, programs }: MeasuredCall, folder: string): Promise<Table> {
  const files = new Map<string, string>();
  for (const [program, text] of Object.entries({ raw: RAW, ...programs })) {
    files.set(program, await bundled(text, path.join(folder, `program-${files.size}.mjs`)));
  }
  const times = new Map([...files.keys()].map((program) => [program, [] as number[]]));
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const [program, file] of files) times.get(program)?.push(timeOf(file));
    tell(`${title}: turn ${turn + 1} of ${TURNS}`);
  }
  const median = (program: string): number =>
    (times.get(program) ?? []).sort((one, other) => one - other)[(TURNS - 1) / 2] ?? NaN;
  const raw = median("raw");
  const ours = median("ours") - raw;
  const version = execFileSync(node(), ["--version"], { encoding: "utf8" }).trim();
  return {
    title: `A call with ${title}`,
    note: `Microseconds of the processor (Node.js ${version}, the best of 15 rounds, median of ${TURNS} processes in turns) over \`fetch\` and \`json()\`, which take ${raw.toFixed(1)}. orval's functions know neither credentials nor errors.`,
    header: ["client", "microseconds more", "in ours"],
    rows: Object.keys(programs).map((program) => {
      const more = median(program) - raw;
      const other = otherOf(program);
      const shown = other === undefined ? program : titleOf(other);
      return [shown, more.toFixed(1), (more / ours).toFixed(1)];
    }),
  };
}

/** Bundles a program, so that all are loaded alike. */
async function bundled(program: string, file: string): Promise<string> {
  // Imports are hoisted: the start may stand before them.
  await build({
    stdin: { contents: `${START}${program}`, resolveDir: repository("bench"), loader: "ts" },
    nodePaths: [installed()],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    outfile: file,
  });
  return file;
}

function timeOf(file: string): number {
  const program = repository("bench/calls-process.js");
  return Number(execFileSync(node(), [program, file], { encoding: "utf8" }));
}
