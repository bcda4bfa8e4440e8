import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { Contestant, Run } from "./measure.js";
import { NODE, type Source, type Tool } from "./tools.js";

/** A generator that starts with nothing but the documents, each time. */
export function fromNothing(
  tool: Tool,
  sources: readonly Source[],
  folder: string,
  index: number,
): Contestant {
  const own = path.join(folder, String(index));
  const prepare = (): ReturnType<Tool["prepare"]> => {
    rmSync(own, { recursive: true, force: true });
    mkdirSync(own);
    return tool.prepare(own, sources);
  };
  return { title: tool.title, before: prepare, folder: own, commands: prepare() };
}

/** A row for each, with how often its time is that of the first. */
export function rowsOf(
  contestants: readonly { readonly title: string }[],
  runs: readonly Run[],
): readonly (readonly string[])[] {
  const first = runs[0]?.time ?? NaN;
  return contestants.map(({ title }, index) => {
    const { time, memory } = runs[index] ?? { time: NaN, memory: NaN };
    return [title, time.toFixed(2), (time / first).toFixed(2), memory.toFixed(0)];
  });
}

/** What {@link rowsOf} has. */
export const HEADER = ["generator", "seconds", "times the first", "memory (MB)"];

/** What is true of all tables of times. */
export const CONDITIONS =
  `Whole processes, in turns, medians; all on the Node.js of \`${NODE.includes("bench") ? "bench/package.json" : "the runner"}\`. ` +
  "Memory is the peak of the largest process.";
