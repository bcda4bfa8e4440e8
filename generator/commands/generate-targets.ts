import type { Report } from "../diagnostics/located.js";
import { writeOutputs, type Written } from "../output/write.js";
import {
  build,
  type Build,
  type BuildInputs,
  type FindKnown,
  type LabelledOutput,
} from "./build.js";
import { projectCacheFolder } from "./cache-folder.js";
import { keepKeys, readKnownFiles } from "./kept-keys.js";
import type { Pipeline } from "./pipeline-port.js";
import { findTargets, type TargetRequest, type Targets } from "./targets.js";
import { inputsOf, noteOf, reportsOf, setApart, type Remake, type Unchanged } from "./unchanged.js";

/** What became of generating. */
export interface GenerateRun {
  /** `undefined` after an error; then nothing was written at all. */
  readonly written: readonly Written[] | undefined;
  readonly reports: readonly Report[];
  readonly inputs: BuildInputs;
  /** What else there is to say to people; may be empty. */
  readonly note: string;
}

/**
 * Writes the clients; nothing at all unless every document is right.
 *
 * @param remake what is made although nothing has changed. Default: what had warnings
 */
export async function generateTargets(
  request: TargetRequest,
  pipeline: Pipeline,
  remake: Remake = "warned",
): Promise<GenerateRun> {
  const found = await findTargets(request, pipeline);
  const { rest, unchanged, lock } = await setApart(
    found,
    request.full === true ? "everything" : remake,
    pipeline.prepareDocument,
  );
  const note = noteOf(unchanged);
  const cache = await cacheOf(found);
  const findKnown = cache === undefined ? undefined : findKnownIn(cache, request.full === true);
  const built =
    rest === undefined ? nothingToBuild(found) : await build(rest, pipeline, { lock, findKnown });
  const { outputs } = built;
  const reports = [...built.reports, ...reportsOf(unchanged)];
  const services = new Map([...built.inputs.services, ...inputsOf(unchanged)]);
  const inputs = { ...built.inputs, services };
  if (outputs === undefined) return { written: undefined, reports, inputs, note };
  const { value: written, diagnostics } = await writeOutputs(outputs);
  if (written !== undefined && cache !== undefined) await keepAllKeys(outputs, cache);
  return {
    written: written === undefined ? undefined : inOrder(written, unchanged, found.value),
    reports: [...reports, { diagnostics, source: undefined }],
    inputs,
    note,
  };
}

/** Where it is kept what the files of a project were made of; `undefined` for nowhere. */
async function cacheOf({ value }: Found): Promise<string | undefined> {
  return value === undefined ? undefined : projectCacheFolder(value.lockFolder);
}

function findKnownIn(cache: string, isFull: boolean): FindKnown {
  return isFull
    ? () => Promise.resolve(new Map())
    : (folder, generator) => readKnownFiles(folder, cache, generator);
}

async function keepAllKeys(outputs: readonly LabelledOutput[], cache: string): Promise<void> {
  for (const { folder, manifest, keys } of outputs)
    if (manifest !== undefined && keys !== undefined)
      await keepKeys(folder, cache, manifest.generator, keys);
}

/** What building gives where nothing has changed. */
export function nothingToBuild({ value, diagnostics }: Found): Build {
  return {
    outputs: [],
    reports: [{ diagnostics, source: undefined }],
    inputs: { configuration: value?.files ?? [], services: new Map() },
  };
}

type Found = Awaited<ReturnType<typeof findTargets>>;

/** What became of all folders, in the usual order: the runtime, the services, the lock. */
function inOrder(
  written: readonly Written[],
  { services, runtimeFiles }: Unchanged,
  targets: Targets | undefined,
): readonly Written[] {
  const kept = (folder: string, unchanged: number | undefined): readonly Written[] =>
    unchanged === undefined ? [] : [{ folder, written: [], removed: [], unchanged }];
  const of = (folder: string, unchanged: number | undefined): readonly Written[] => {
    const own = written.filter((result) => result.folder === folder);
    return own.length > 0 ? own : kept(folder, unchanged);
  };
  const { runtime, targets: all = [] } = targets ?? {};
  const folders = new Set([runtime, ...all.map(({ folder }) => folder)]);
  return [
    ...(runtime === undefined ? [] : of(runtime, runtimeFiles)),
    ...all.flatMap(({ folder, service }) => of(folder, services.get(service)?.files)),
    ...written.filter(({ folder }) => !folders.has(folder)),
  ];
}
