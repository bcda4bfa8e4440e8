import path from "node:path";
import { openFileWatcher, type FileWatcher } from "../watch/file-watcher.js";
import { runOnChange } from "../watch/run-on-change.js";
import type { BuildInputs } from "./build.js";
import { EXIT, failure, type CommandResult } from "./command.js";
import { generateTargets, type GenerateRun } from "./generate-targets.js";
import type { Pipeline } from "./pipeline-port.js";
import { CONFIGURATION_FILE, type TargetRequest } from "./targets.js";

/** A run, and how long it took. */
export interface WatchedGenerate extends GenerateRun {
  /** Milliseconds. */
  readonly time: number;
}

/**
 * Generates, and again whenever a file changes that decides something: the configuration, a document, a file that it
 * refers to, an overlay. Only the services that a file belongs to are generated anew; after an error all are, since
 * nothing was written of any.
 */
export function watchTargets(
  request: TargetRequest,
  pipeline: Pipeline,
  watcher: FileWatcher,
): AsyncGenerator<WatchedGenerate, void, void> {
  const first = configurationOf(request);
  let known: BuildInputs = { configuration: first, services: new Map() };
  let isWhole = false;
  return runOnChange(async (changed) => {
    const start = performance.now();
    const services = isWhole ? touchedServices(changed, known) : undefined;
    const run = await generateTargets({ ...request, ...services }, pipeline);
    known = {
      // After an error it may not be known what extends what.
      configuration: [...new Set([...first, ...known.configuration, ...run.inputs.configuration])],
      services: new Map([...known.services, ...run.inputs.services]),
    };
    isWhole = run.written !== undefined;
    const value = { ...run, time: performance.now() - start };
    return { value, files: [...known.configuration, ...[...known.services.values()].flat()] };
  }, watcher);
}

function configurationOf({ input, config }: TargetRequest): readonly string[] {
  return input === undefined ? [path.resolve(config ?? CONFIGURATION_FILE)] : [];
}

/** The services whose documents the files belong to; `undefined` for all that are asked for. */
function touchedServices(
  changed: ReadonlySet<string>,
  { configuration, services }: BuildInputs,
): Pick<TargetRequest, "services"> | undefined {
  if (configuration.length === 0 || configuration.some((file) => changed.has(file)))
    return undefined;
  const touched = [...services].filter(([, files]) => files.some((file) => changed.has(file)));
  return touched.length === 0 ? undefined : { services: touched.map(([service]) => service) };
}

/** What watching needs beside files. */
export interface WatchOutside {
  readonly openWatcher: () => Promise<FileWatcher>;
  /** Resolves when the user has had enough. */
  readonly interrupted: () => Promise<void>;
  readonly now: () => Date;
}

export const WATCH_OUTSIDE: WatchOutside = {
  openWatcher: openFileWatcher,
  interrupted: () =>
    new Promise((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const)
        process.once(signal, () => {
          resolve();
        });
    }),
  now: () => new Date(),
};

/**
 * `driftline generate --watch`: tells the first run as `generate` does, and each later one in one line, below what was
 * found. An error ends nothing.
 */
export async function watchCommand(
  request: TargetRequest,
  pipeline: Pipeline,
  resultOf: (run: GenerateRun) => CommandResult,
  { openWatcher, interrupted, now }: WatchOutside,
): Promise<CommandResult> {
  const watcher = await openWatcher();
  const end = interrupted().then(() => watcher.close());
  const runs = watchTargets(request, pipeline, watcher);
  const first = await runs.next();
  if (first.done === true || isWrongUsage(first.value)) {
    await watcher.close();
    return failure(first.value?.reports ?? []);
  }
  const result = resultOf(first.value);
  return {
    ...result,
    text: `${result.text}Watching for changes. Press Ctrl-C to end.\n`,
    exitCode: EXIT.clean,
    lasting: async (tell) => {
      for await (const run of runs) tell({ ...resultOf(run), text: lineOf(run, now()) });
      await end;
    },
  };
}

/** What no change of a file can mend. */
function isWrongUsage({ reports }: GenerateRun): boolean {
  return reports.some(({ diagnostics }) => diagnostics.some(({ code }) => code === "wrong-usage"));
}

/** `14:05:31  2 written, 561 unchanged in 0.28 s` */
function lineOf({ written, time }: WatchedGenerate, now: Date): string {
  const clock = now.toTimeString().slice(0, "14:05:31".length);
  const seconds = (time / 1000).toFixed(2);
  return `${clock}  ${written === undefined ? "nothing written" : totals(written)} in ${seconds} s\n`;
}

function totals(written: NonNullable<GenerateRun["written"]>): string {
  const sum = (count: (one: (typeof written)[number]) => number): number =>
    written.reduce((all, one) => all + count(one), 0);
  const parts = [
    [sum((one) => one.written.length), "written"],
    [sum((one) => one.removed.length), "removed"],
    [sum((one) => one.unchanged), "unchanged"],
  ] as const;
  return parts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`])).join(", ");
}
