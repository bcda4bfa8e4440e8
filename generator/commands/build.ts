import { firstHand } from "../diagnostics/codes.js";
import { hasErrors, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import type { Report } from "../diagnostics/located.js";
import { judge } from "../diagnostics/policy.js";
import type { JsonValue, Source } from "../document/source.js";
import type { GeneratedFile } from "../output/generated-file.js";
import { generatorHash, VERSION } from "../output/generator-identity.js";
import { valueHash } from "../document/hashes.js";
import { manifestOf, type Inputs } from "../output/manifest.js";
import type { Output } from "../output/write.js";
import type { FilterEntry, OperationFilter } from "../select/selection.js";
import type { Pipeline, ServiceOptions } from "./pipeline-port.js";
import type { Target, Targets } from "./targets.js";

/** An output folder with the name under which it is reported. */
export interface LabelledOutput extends Output {
  readonly label: string;
  /** Whether overlays are part of what its document says. */
  readonly isOverlaid: boolean;
}

export interface Build {
  /** What every folder is to hold; `undefined` when anything is an error. The runtime comes first. */
  readonly outputs: readonly LabelledOutput[] | undefined;
  /** First what was found before; then in the order of the services, whichever was done first. */
  readonly reports: readonly Report[];
}

/**
 * Generates everything in memory. Where something is an error already, nothing is generated, but all documents are
 * looked at, so that their problems are told too.
 */
export async function build(found: Outcome<Targets>, pipeline: Pipeline): Promise<Build> {
  const before: Report = { diagnostics: found.diagnostics, source: undefined };
  const targets = found.value;
  if (targets === undefined) return { outputs: undefined, reports: [before] };
  const common = hasErrors(found.diagnostics) ? undefined : findCommon(pipeline);
  const built = await Promise.all(
    targets.targets.map((target) => buildTarget(target, targets, common, pipeline)),
  );
  const reports = [before, ...built.map(({ report }) => report)];
  const outputs = built.flatMap(({ output }) => (output === undefined ? [] : [output]));
  if (common === undefined || outputs.length < built.length) return { outputs: undefined, reports };
  const { generator, runtime } = await common;
  return { outputs: [...sharedRuntime(targets, generator, runtime), ...outputs], reports };
}

/** What all services have in common. */
interface Common {
  readonly generator: string;
  readonly runtime: readonly GeneratedFile[];
}

async function findCommon(pipeline: Pipeline): Promise<Common> {
  const [generator, runtime] = await Promise.all([generatorHash(), pipeline.runtimeFiles()]);
  return { generator, runtime };
}

interface BuiltTarget {
  readonly output: LabelledOutput | undefined;
  readonly report: Report;
}

async function buildTarget(
  target: Target,
  targets: Targets,
  common: Promise<Common> | undefined,
  pipeline: Pipeline,
): Promise<BuiltTarget> {
  // The document first: reading it takes longest.
  const [loaded, found] = await Promise.all([pipeline.loadDocument(target.input), common]);
  const source = loaded.value;
  const made =
    source === undefined || found === undefined || hasErrors(loaded.diagnostics)
      ? { value: undefined, diagnostics: await examine(loaded, target, pipeline) }
      : await pipeline.generateService(source, target.options);
  const { diagnostics, allowed } = judge(
    [...loaded.diagnostics, ...made.diagnostics],
    target.policy,
  );
  const report = { diagnostics, source, allowed };
  if (source === undefined || found === undefined || made.value === undefined)
    return { output: undefined, report };
  if (hasErrors(diagnostics)) return { output: undefined, report };
  return { output: outputOf(target, targets, source, made.value, found), report };
}

/** What else is wrong with a document of which no client can be made, as far as it can be read. */
async function examine(
  { value, diagnostics }: Outcome<Source>,
  { options }: Target,
  pipeline: Pipeline,
): Promise<readonly Diagnostic[]> {
  if (value === undefined) return [];
  const found = await pipeline.examineSource(value, options);
  return hasErrors(diagnostics) ? firstHand(found) : found;
}

function outputOf(
  { label, input, folder, options }: Target,
  targets: Targets,
  source: Source,
  generated: readonly GeneratedFile[],
  { generator, runtime }: Common,
): LabelledOutput {
  const ownRuntime = targets.runtime === undefined ? runtime.map(inRuntimeFolder) : [];
  const files = [...generated, ...ownRuntime];
  const inputs: Inputs = {
    document: valueHash(source.document),
    configuration: configurationHash(options),
    generator,
  };
  return {
    label,
    isOverlaid: (input.overlays ?? []).length > 0,
    folder,
    root: targets.root,
    files,
    manifest: manifestOf(VERSION, inputs, files),
  };
}

/** The texts of helpers are part of the generator's own hash. */
function configurationHash({ extensions, helpers, selection, ...options }: ServiceOptions): string {
  return valueHash({
    ...options,
    ...(helpers === undefined ? {} : { helpers: helpers.map(({ name }) => name) }),
    ...(extensions === undefined ? {} : { extensions: { ...extensions } }),
    ...(selection === undefined
      ? {}
      : {
          include: filterTexts(selection.include),
          exclude: filterTexts(selection.exclude),
          prune: selection.prune,
        }),
  });
}

/** A filter without the places where the configuration has its entries. */
function filterTexts(filter: OperationFilter | undefined): JsonValue {
  if (filter === undefined) return null;
  const texts = (entries: readonly FilterEntry[]): string[] => entries.map(({ text }) => text);
  const { tags, paths, operations, deprecated } = filter;
  return { tags: texts(tags), paths: texts(paths), operations: texts(operations), deprecated };
}

function sharedRuntime(
  { runtime: folder, root }: Targets,
  generator: string,
  files: readonly GeneratedFile[],
): readonly LabelledOutput[] {
  if (folder === undefined) return [];
  return [
    {
      label: "runtime",
      isOverlaid: false,
      folder,
      root,
      files,
      manifest: manifestOf(VERSION, { generator }, files),
    },
  ];
}

function inRuntimeFolder(file: GeneratedFile): GeneratedFile {
  return { ...file, path: `runtime/${file.path}` };
}
