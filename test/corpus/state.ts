import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import type { CorpusDocument } from "./documents.js";
import type { Result } from "./result.js";
import type { Limits } from "./worker-process.js";

/**
 * Reads results that an earlier run left: the last one of each path. A line that was being written when that run ended
 * is taken off.
 */
export function readState(file: string): ReadonlyMap<string, Result> {
  if (!existsSync(file)) return new Map();
  const text = readFileSync(file, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole !== text) writeFileSync(file, whole);
  const results = whole
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Result);
  return new Map(results.map((result) => [result.path, result]));
}

/** Adds a result, so that it is there if the run ends now. */
export function addToState(file: string, result: Result): void {
  appendFileSync(file, `${JSON.stringify(result)}\n`);
}

/** Whether a result still tells what would become of a document. */
export function stillHolds(
  result: Result | undefined,
  document: CorpusDocument,
  generator: string,
  limits: Limits,
): result is Result {
  if (result?.document !== document.hash || result.generator !== generator) return false;
  if (result.outcome === "timed-out") return result.timeout >= limits.timeout;
  if (result.outcome === "out-of-memory") return result.memory >= limits.memory;
  return true;
}
