import type { Language } from "../config/language.js";
import { firstHand } from "../diagnostics/codes.js";
import { hasErrors, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import type { Report } from "../diagnostics/located.js";
import { judge } from "../diagnostics/policy.js";
import type { LoadedDocument } from "../document/document-input.js";
import type { FileReader } from "../document/file-reader.js";
import type { Source } from "../document/source.js";
import type { GeneratedFile } from "../output/generated-file.js";
import type { Keys, KnownFiles } from "../output/known-files.js";
import { generatorHash, VERSION } from "../output/generator-identity.js";
import { valueHash } from "../document/hashes.js";
import { manifestOf, manifestText, type Inputs } from "../output/manifest.js";
import type { FileRecord } from "../output/plan-record.js";
import type { Output } from "../output/write.js";
import {
  LOCK_FILE,
  lockedService,
  lockText,
  readLock,
  withServices,
  type Lock,
  type LockedService,
} from "../pins/lock-file.js";
import { pinsJson } from "../pins/pins-json.js";
import type { LockUpdate } from "../pins/lock-update.js";
import { configurationHash, madeRecord, type Told } from "./made-record.js";
import type { GeneratedService, Pipeline } from "./pipeline-port.js";
import type { Target, Targets } from "./targets.js";

/** An output folder with the name under which it is reported. */
export interface LabelledOutput extends Output {
  readonly label: string;
  /** Whether overlays are part of what its document says. */
  readonly isOverlaid: boolean;
  /** The lock, if it stands in this folder. */
  readonly lock?: LockUpdate;
  /** What its files are made of, as far as that is known: for the next run. */
  readonly keys?: Keys;
}

/**
 * Gives the files of an output folder that need not be made again where they would be made of the same.
 *
 * @param folder absolute path
 * @param generator the hash of the generator that must have written them
 */
export type FindKnown = (folder: string, generator: string) => Promise<KnownFiles>;

export interface Build {
  /** What every folder is to hold; `undefined` when anything is an error. The runtime comes first. */
  readonly outputs: readonly LabelledOutput[] | undefined;
  /** First what was found before; then in the order of the services, whichever was done first. */
  readonly reports: readonly Report[];
  readonly inputs: BuildInputs;
}

/** What a build was made of, by the absolute paths of files: where one of them changes, it may be another one. */
export interface BuildInputs {
  /** What says what is to be made. */
  readonly configuration: readonly string[];
  /** The files of the document of each service, and where it looked for one in vain. */
  readonly services: ReadonlyMap<string, readonly string[]>;
}

const NO_INPUTS: BuildInputs = { configuration: [], services: new Map() };

/** What a build need not find out, or is not to. */
export interface BuildOptions {
  /** The lock, where it was read already. Default: it is read. */
  readonly lock?: Outcome<Lock> | undefined;
  /** What reads the lock. Default: the files of this machine. */
  readonly reader?: FileReader;
  /** Default: all files are made. */
  readonly findKnown?: FindKnown | undefined;
}

/**
 * Generates everything in memory. Where something is an error already, nothing is generated, but all documents are
 * looked at, so that their problems are told too.
 */
export async function build(
  found: Outcome<Targets>,
  pipeline: Pipeline,
  { lock: read, reader, findKnown }: BuildOptions = {},
): Promise<Build> {
  const targets = found.value;
  if (targets === undefined) {
    const report = { diagnostics: found.diagnostics, source: undefined };
    return { outputs: undefined, reports: [report], inputs: NO_INPUTS };
  }
  const { value: lock, diagnostics } = read ?? (await lockOf(targets, reader));
  const before = [...found.diagnostics, ...diagnostics];
  const common =
    lock === undefined || hasErrors(before)
      ? undefined
      : findCommon(pipeline, lock, targets, reader === undefined);
  const built = await Promise.all(
    targets.targets.map((target) => buildTarget(target, targets, common, pipeline, findKnown)),
  );
  const reports = [
    { diagnostics: before, source: undefined },
    ...built.map(({ report }) => report),
  ];
  const made = built.flatMap((target) => (target.made === undefined ? [] : [target.made]));
  const services = new Map(built.map(({ service, files }) => [service, files]));
  const inputs = { configuration: targets.files, services };
  if (common === undefined || made.length < built.length)
    return { outputs: undefined, reports, inputs };
  return { outputs: outputsOf(targets, made, await common), reports, inputs };
}

/** The lock of what a run is about. @param reader what reads it. Default: the files of this machine */
export function lockOf({ lockFolder }: Targets, reader?: FileReader): Promise<Outcome<Lock>> {
  return readLock(lockFolder, reader?.readBytes, reader?.nameOf);
}

/** What everything that a run is about is called, in the order of its outputs. */
export function labelsOf({ targets, runtime, lockFolder }: Targets): readonly string[] {
  const isLockInside = targets.every(({ folder }) => folder === lockFolder);
  return [
    ...(runtime === undefined ? [] : [RUNTIME_LABEL]),
    ...targets.map(({ label }) => label),
    ...(isLockInside ? [] : [LOCK_FILE]),
  ];
}

const RUNTIME_LABEL = "runtime";

/** The runtime where it is shared, the services, and the lock where it stands outside of them. */
function outputsOf(
  targets: Targets,
  made: readonly Made[],
  { generator, runtime, lock }: Common,
): readonly LabelledOutput[] {
  const services = made.map(({ service, locked }) => [service, locked] as const);
  const next = withServices(lock, new Map(services));
  const update: LockUpdate = { before: lock, after: next };
  const outputs = made.map(({ output }) => output);
  if (outputs.every(({ folder }) => folder === targets.lockFolder))
    return outputs.map((output) => ({ ...output, lock: update, records: [recordOf(update)] }));
  return [...sharedRuntime(targets, generator, runtime), ...outputs, lockOutput(targets, update)];
}

/** What all services have in common. */
interface Common {
  readonly lock: Lock;
  readonly generator: string;
  readonly runtime: readonly GeneratedFile[];
  /** The text of the manifest of the shared runtime. */
  readonly runtimeManifest: string;
  /** Whether the lock gets to know what clients are made of: of files that only a program has, no later run could tell. */
  readonly isRecorded: boolean;
}

async function findCommon(
  pipeline: Pipeline,
  lock: Lock,
  { language }: Targets,
  isRecorded: boolean,
): Promise<Common> {
  const translatedRuntime = pipeline
    .runtimeFiles()
    .then((files) => inLanguage(files, language, pipeline));
  const [generator, runtime] = await Promise.all([generatorHash(), translatedRuntime]);
  const runtimeManifest = manifestText(manifestOf(VERSION, { generator }, runtime));
  return { generator, runtime, runtimeManifest, lock, isRecorded };
}

interface BuiltTarget {
  readonly service: string;
  readonly files: readonly string[];
  readonly made: Made | undefined;
  readonly report: Report;
}

/** What is made of one service: its folder, and its entry in the lock. */
interface Made {
  readonly service: string;
  readonly output: LabelledOutput;
  readonly locked: LockedService;
}

async function buildTarget(
  target: Target,
  targets: Targets,
  common: Promise<Common> | undefined,
  pipeline: Pipeline,
  findKnown: FindKnown | undefined,
): Promise<BuiltTarget> {
  // Files of another language are made of those that are made here, and do not tell what these were.
  const find = targets.language === "typescript" ? findKnown : undefined;
  // The document first: reading it takes longest.
  const [loaded, found, known] = await Promise.all([
    pipeline.loadDocument(target.input),
    common,
    common?.then(({ generator }) => find?.(target.folder, generator)),
  ]);
  const source = loaded.value;
  const made =
    source === undefined || found === undefined || hasErrors(loaded.diagnostics)
      ? { value: undefined, diagnostics: await examine(loaded, target, pipeline) }
      : await pipeline.generateService(
          source,
          { ...target.options, pins: lockedService(found.lock, target.service).pins },
          undefined,
          known,
        );
  const { diagnostics, allowed } = judge(
    [...loaded.diagnostics, ...made.diagnostics],
    target.policy,
  );
  const report = { diagnostics, source, allowed };
  const built = { service: target.service, files: loaded.files, made: undefined, report };
  if (source === undefined || found === undefined || made.value === undefined) return built;
  if (hasErrors(diagnostics)) return built;
  const files = await inLanguage(made.value.files, targets.language, pipeline);
  const told = { warnings: diagnostics.length, allowed };
  const generated = { ...made.value, files };
  return { ...built, made: madeOf(target, targets, generated, found, { loaded, told }) };
}

/** Nothing is loaded for files that stay as they are. */
async function inLanguage(
  files: readonly GeneratedFile[],
  language: Language,
  pipeline: Pipeline,
): Promise<readonly GeneratedFile[]> {
  return language === "typescript" ? files : pipeline.translate(files, language);
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

function madeOf(
  target: Target,
  targets: Targets,
  { files: generated, document, pins, keys }: GeneratedService,
  { generator, runtime, runtimeManifest, lock, isRecorded }: Common,
  { loaded, told }: { readonly loaded: LoadedDocument; readonly told: Told },
): Made {
  const { label, service, input, folder, options } = target;
  const ownRuntime = options.runtime === "./runtime" ? runtime.map(inRuntimeFolder) : [];
  const files = [...generated, ...ownRuntime];
  const inputs: Inputs = {
    document,
    configuration: configurationHash(options, targets.language),
    names: valueHash(pinsJson(pins)),
    generator,
  };
  const manifest = manifestOf(VERSION, inputs, files);
  const manifests = [manifestText(manifest), ...(ownRuntime.length === 0 ? [runtimeManifest] : [])];
  const record = isRecorded ? madeRecord(target, targets, loaded, manifests, told) : undefined;
  const output: LabelledOutput = {
    label,
    isOverlaid: (input.overlays ?? []).length > 0,
    folder,
    root: targets.root,
    files,
    manifest,
    keys,
  };
  const locked = { ...lockedService(lock, service), document, pins, made: record };
  return { service, output, locked };
}

function sharedRuntime(
  { runtime: folder, root }: Targets,
  generator: string,
  files: readonly GeneratedFile[],
): readonly LabelledOutput[] {
  if (folder === undefined) return [];
  return [
    {
      label: RUNTIME_LABEL,
      isOverlaid: false,
      folder,
      root,
      files,
      manifest: manifestOf(VERSION, { generator }, files),
    },
  ];
}

function lockOutput({ lockFolder, root }: Targets, update: LockUpdate): LabelledOutput {
  return {
    label: LOCK_FILE,
    isOverlaid: false,
    folder: lockFolder,
    root,
    files: [],
    manifest: undefined,
    lock: update,
    records: [recordOf(update)],
  };
}

function recordOf({ before, after }: LockUpdate): FileRecord {
  return { path: LOCK_FILE, before: before.text, text: lockText(after) };
}

function inRuntimeFolder(file: GeneratedFile): GeneratedFile {
  return { ...file, path: `runtime/${file.path}` };
}
