import { hasErrors, outcome, type Outcome } from "../diagnostics/diagnostic.js";
import type { Source } from "../document/source.js";
import type { GeneratedFile } from "../output/generated-file.js";
import { generatorHash, VERSION } from "../output/generator-identity.js";
import { valueHash } from "../document/hashes.js";
import { manifestOf, type Inputs } from "../output/manifest.js";
import type { Output } from "../output/write.js";
import type { Pipeline, ServiceOptions } from "./pipeline-port.js";
import type { Report } from "./report.js";
import type { Target, Targets } from "./targets.js";

/** An output folder with the name under which it is reported. */
export interface LabelledOutput extends Output {
  readonly label: string;
  /** Whether overlays are part of what its document says. */
  readonly isOverlaid: boolean;
}

export interface Build {
  /** What every folder is to hold; `undefined` when a document has errors. The runtime comes first. */
  readonly outputs: readonly LabelledOutput[] | undefined;
  /** In the order of the services, whichever was done first. */
  readonly reports: readonly Report[];
}

/** Generates everything in memory. */
export async function build(targets: Targets, pipeline: Pipeline): Promise<Build> {
  const common = findCommon(pipeline);
  const built = await Promise.all(
    targets.targets.map((target) => buildTarget(target, targets, common, pipeline)),
  );
  const { generator, runtime } = await common;
  const reports = built.map(({ report }) => report);
  const outputs = built.flatMap(({ output }) => (output === undefined ? [] : [output]));
  if (outputs.length < built.length) return { outputs: undefined, reports };
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
  common: Promise<Common>,
  pipeline: Pipeline,
): Promise<BuiltTarget> {
  // The document first: reading it takes longest.
  const [loaded, { generator, runtime }] = await Promise.all([
    pipeline.loadDocument(target.input),
    common,
  ]);
  const generated = await generate(loaded, target, pipeline);
  const report = { diagnostics: generated.diagnostics, source: loaded.value };
  if (loaded.value === undefined || generated.value === undefined)
    return { output: undefined, report };
  const ownRuntime = targets.runtime === undefined ? runtime.map(inRuntimeFolder) : [];
  const files = [...generated.value, ...ownRuntime];
  const inputs: Inputs = {
    document: valueHash(loaded.value.document),
    configuration: configurationHash(target.options),
    generator,
  };
  const { label, folder } = target;
  return {
    output: {
      label,
      isOverlaid: (target.input.overlays ?? []).length > 0,
      folder,
      root: targets.root,
      files,
      manifest: manifestOf(VERSION, inputs, files),
    },
    report,
  };
}

/** The texts of helpers are part of the generator's own hash. */
function configurationHash({ extensions, helpers, ...options }: ServiceOptions): string {
  return valueHash({
    ...options,
    ...(helpers === undefined ? {} : { helpers: helpers.map(({ name }) => name) }),
    ...(extensions === undefined ? {} : { extensions: { ...extensions } }),
  });
}

async function generate(
  loaded: Outcome<Source>,
  target: Target,
  pipeline: Pipeline,
): Promise<Outcome<readonly GeneratedFile[]>> {
  if (loaded.value === undefined) return { value: undefined, diagnostics: loaded.diagnostics };
  const generated = await pipeline.generateService(loaded.value, target.options);
  const diagnostics = [...loaded.diagnostics, ...generated.diagnostics];
  if (generated.value === undefined) return { value: undefined, diagnostics };
  return hasErrors(diagnostics)
    ? { value: undefined, diagnostics }
    : outcome(generated.value, diagnostics);
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
