import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { repository } from "../test/support/repository.js";
import { installed, NODE, type Command } from "./tools.js";

/** What a run took, from the start of its first process to the end of its last one. */
export interface Run {
  /** Seconds. */
  readonly time: number;
  /** The most memory of any of its processes, in megabytes. */
  readonly memory: number;
}

/** Something that is measured in turns with others. */
export interface Contestant {
  readonly title: string;
  /** Makes everything as it has to be before each run; is not measured. */
  readonly before: () => void;
  readonly folder: string;
  readonly commands: readonly Command[];
}

/** Measures all of them in turns (A B C A B C …), and gives their medians, in their order. */
export function medians(contestants: readonly Contestant[], rounds: number): readonly Run[] {
  const runs = contestants.map((): Run[] => []);
  for (let round = 0; round < rounds; round += 1) {
    contestants.forEach((contestant, index) => runs[index]?.push(measure(contestant)));
  }
  return runs.map((of) => ({
    time: median(of.map(({ time }) => time)),
    memory: median(of.map(({ memory }) => memory)),
  }));
}

/** Gives a function a temporary folder, which goes when it ends. */
export function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), "driftline-bench-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function measure({ title, before, folder, commands }: Contestant): Run {
  before();
  return inFolder((usage) => {
    const startedAt = performance.now();
    for (const words of commands) run(title, words, folder, usage);
    const time = (performance.now() - startedAt) / 1_000;
    const sizes = readdirSync(usage).map((file) => {
      const used = JSON.parse(readFileSync(path.join(usage, file), "utf8")) as { maxRSS: number };
      return used.maxRSS / 1_024;
    });
    return { time, memory: Math.max(...sizes) };
  });
}

function run(title: string, words: Command, folder: string, usage: string): void {
  const { status, stderr, stdout } = spawnSync(NODE, words, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: {
      ...process.env,
      // Where others look for prettier.
      PATH: [installed(".bin"), path.dirname(NODE), process.env["PATH"]].join(path.delimiter),
      NODE_OPTIONS: `--import ${pathToFileURL(repository("bench/usage.js")).href}`,
      DRIFTLINE_BENCH_USAGE: usage,
    },
  });
  if (status !== 0) throw new Error(`${title} ended with ${String(status)}:\n${stdout}${stderr}`);
}
