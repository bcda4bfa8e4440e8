import { checkTargets, differenceResult } from "../commands/check.js";
import type { BuildInputs } from "../commands/build.js";
import { generateTargets, type GenerateRun } from "../commands/generate-targets.js";
import type { TargetRequest } from "../commands/targets.js";
import { watchTargets } from "../commands/watch.js";
import { displayPath } from "../document/read-file.js";
import { openInline } from "../open-inline.js";
import { below } from "../output/paths.js";
import { openFileWatcher } from "../watch/file-watcher.js";
import { diagnosticsOf } from "./report.js";
import type { CheckedProject, GeneratedProject, ProjectRequest, WatchRequest } from "./types.js";

/** See `generateProject` in `index.ts`. */
export async function generateOnDisk(request: ProjectRequest): Promise<GeneratedProject> {
  return generated(await generateTargets(targetsOf(request), openInline()));
}

/** See `checkProject` in `index.ts`. */
export async function checkOnDisk(request: ProjectRequest): Promise<CheckedProject> {
  const { differences, reports, inputs } = await checkTargets(targetsOf(request), openInline());
  return {
    differences: differences?.map(({ output, difference }) =>
      differenceResult(difference, displayPath(below(output.folder, difference.path))),
    ),
    diagnostics: diagnosticsOf(reports),
    inputs: filesOf(inputs),
  };
}

/** See `watchProject` in `index.ts`. */
export async function* watchOnDisk({
  signal,
  quiet,
  usePolling,
  ...request
}: WatchRequest): AsyncGenerator<GeneratedProject, void, void> {
  const watcher = await openFileWatcher({
    ...(quiet === undefined ? {} : { quiet }),
    ...(usePolling === undefined ? {} : { usePolling }),
  });
  const end = (): void => void watcher.close();
  signal?.addEventListener("abort", end);
  if (isAborted(signal)) end();
  try {
    for await (const run of watchTargets(targetsOf(request), openInline(), watcher))
      yield generated(run);
  } finally {
    signal?.removeEventListener("abort", end);
    await watcher.close();
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function targetsOf({ configuration, services = [], strict }: ProjectRequest): TargetRequest {
  return { config: configuration, services, ...(strict === true ? { strict } : {}) };
}

function generated({ written, reports, inputs }: GenerateRun): GeneratedProject {
  return { outputs: written, diagnostics: diagnosticsOf(reports), inputs: filesOf(inputs) };
}

function filesOf({ configuration, services }: BuildInputs): readonly string[] {
  return [...new Set([...configuration, ...[...services.values()].flat()])].sort();
}
