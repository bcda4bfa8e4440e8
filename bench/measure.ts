import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { repository } from "../test/support/repository.js";
import { newFolder } from "./folders.js";
import { tell } from "./progress.js";
import { environmentOf, NODE, type Command } from "./tools.js";
import { snapshotOf, writtenBetween } from "./written.js";

/** What a run took, from the start of its first process to the end of its last one. */
export interface Run {
  /** Seconds. */
  readonly time: number;
  /** The most memory of any of its processes, in megabytes. */
  readonly memory: number;
  /** How many files it wrote. */
  readonly files: number;
}

/** Why there is no measurement, in a few words. */
export interface Failure {
  readonly fails: string;
}

/** What became of a contestant. */
export type Outcome = Run | Failure;

/** The processes of one run. */
export interface Work {
  /** Where they run, and everything that they write lies. */
  readonly folder: string;
  readonly commands: readonly Command[];
}

/** Something that is measured in turns with others. */
export interface Contestant {
  readonly title: string;
  /**
   * Makes everything as it has to be before a run; is not measured.
   *
   * @param folder a new one, for those that start from nothing
   */
  readonly prepare: (folder: string) => Work;
}

/** How long one process may take, in milliseconds. */
const LIMIT = 180_000;

/** Whose runs have taken this many seconds is not run again, for what differs then is not noise. */
const ENOUGH = 40;

/** Tells how often each contestant ran, as a sentence for notes. */
export function roundsTold(rounds: number): string {
  return `${rounds} rounds, fewer of what had taken ${ENOUGH} seconds by then.`;
}

/**
 * Measures all of them in turns, to and fro (A B C C B A …), for what one has written may still be on its way to the disk
 * when the next one begins. Gives their medians, in their order. Who fails is not asked again.
 *
 * @param folder where each run gets a folder of its own
 */
export function medians(
  contestants: readonly Contestant[],
  rounds: number,
  folder: string,
): readonly Outcome[] {
  const runs = contestants.map((): Run[] => []);
  const failures = new Map<number, Failure>();
  for (let round = 1; round <= rounds; round += 1) {
    const forth = [...contestants.entries()];
    const turn = round % 2 === 1 ? forth : forth.reverse();
    turn.forEach(([index, contestant]) => {
      const taken = (runs[index] ?? []).reduce((sum, { time }) => sum + time, 0);
      if (failures.has(index) || taken >= ENOUGH) return;
      const outcome = measure(contestant, folder);
      if ("fails" in outcome) failures.set(index, outcome);
      else runs[index]?.push(outcome);
      const what = "fails" in outcome ? `fails: ${outcome.fails}` : `${outcome.time.toFixed(2)} s`;
      tell(`round ${round} of ${rounds}: ${contestant.title}: ${what}`);
    });
  }
  return runs.map((of, index) => {
    const middle = (key: keyof Run): number => median(of.map((one) => one[key]));
    const run = { time: middle("time"), memory: middle("memory"), files: middle("files") };
    return failures.get(index) ?? run;
  });
}

/** The value in the middle, or the mean of the two there. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return ((low ?? NaN) + (high ?? NaN)) / 2;
}

function measure({ prepare }: Contestant, parent: string): Outcome {
  const { folder, commands } = prepare(newFolder(parent, "run"));
  const usage = newFolder(parent, "usage");
  const before = snapshotOf(folder);
  const startedAt = performance.now();
  for (const words of commands) {
    const failure = run(words, folder, usage);
    if (failure !== undefined) return failure;
  }
  const time = (performance.now() - startedAt) / 1_000;
  const sizes = readdirSync(usage).map((file) => {
    const used = JSON.parse(readFileSync(path.join(usage, file), "utf8")) as { maxRSS: number };
    return used.maxRSS / 1_024;
  });
  const files = writtenBetween(before, snapshotOf(folder)).length;
  return { time, memory: Math.max(...sizes), files };
}

function run(words: Command, folder: string, usage: string): Failure | undefined {
  const { error, status, stderr, stdout } = spawnSync(NODE, words, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    timeout: LIMIT,
    env: environmentOf(usage),
  });
  if (status === 0) return undefined;
  if (error !== undefined && "code" in error && error.code === "ETIMEDOUT")
    return { fails: `takes more than ${LIMIT / 60_000} minutes` };
  const told = stripVTControlCharacters(`${stdout}\n${stderr}`);
  process.stderr.write(`${told}\n`);
  const lines = told.split("\n").map((line) => line.trim());
  const line =
    lines.find((one) => /error\b.*:/i.test(one)) ?? lines.findLast((one) => one !== "") ?? "";
  return {
    fails: `ends with ${status ?? "a signal"}: ${withoutPaths(line, folder).slice(0, 100)}`,
  };
}

/** A line as another machine would tell it: without the places of the run and of the repository. */
function withoutPaths(line: string, folder: string): string {
  const places = [folder, path.dirname(folder), path.resolve(repository("")), tmpdir()];
  return places.reduce((told, place) => told.replaceAll(`${place}${path.sep}`, ""), line);
}
