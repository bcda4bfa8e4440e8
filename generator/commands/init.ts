import { lstat, readFile } from "node:fs/promises";
import path from "node:path";
import { loadConfiguration } from "../config/load.js";
import schema from "../config/schema.json" with { type: "json" };
import { diagnostic } from "../diagnostics/codes.js";
import { hasErrors, outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import type { Report } from "../diagnostics/located.js";
import { quoted, visiblePath } from "../diagnostics/quoted.js";
import type { LoadedDocument } from "../document/document-input.js";
import { groupBy, objectMember, stringMember } from "../document/json.js";
import { parseLocation, type DocumentLocation } from "../document/location.js";
import { looksLikeJson } from "../document/parse.js";
import { displayPath } from "../document/read-file.js";
import type { Source } from "../document/source.js";
import { fittedProgram } from "../init/first-program.js";
import { lookAround } from "../init/look-around.js";
import { nextSteps, remarks } from "../init/next-steps.js";
import { planOf, SCRIPTS, usualOutput, type Plan, type Wishes } from "../init/plan.js";
import type { Project } from "../init/project.js";
import { serviceName } from "../init/service-name.js";
import { VERSION } from "../output/generator-identity.js";
import { isMissing } from "../output/file-system.js";
import type { FileRecord } from "../output/plan-record.js";
import { writeOutputs } from "../output/write.js";
import { lockedService, lockText, withServices } from "../pins/lock-file.js";
import { build, type LabelledOutput } from "./build.js";
import { EXIT, failure, type CommandContext, type CommandResult } from "./command.js";
import type { Questions } from "./init-questions.js";
import type { Pipeline } from "./pipeline-port.js";
import { pinOf } from "./published.js";
import { configuredTargets, CONFIGURATION_FILE, usageError, type Targets } from "./targets.js";
import { initText, type FirstProgram, type InitDone } from "./tell-init.js";

/** The options of `init`, as the command line has them. */
export interface InitRequest {
  /** A path or a URL. Default: looked for, or asked. */
  readonly document?: string | undefined;
  /** The folder of the clients. */
  readonly output?: string | undefined;
  /** The name of the service. Default: made of the document's title. */
  readonly service?: string | undefined;
  /** Whether package.json gets scripts. Default: asked, or yes. */
  readonly scripts?: boolean | undefined;
  /** The file that the first program is written to. Default: it is only told. */
  readonly program?: string | undefined;
  /** Whether nothing is written. */
  readonly dryRun?: boolean | undefined;
  /** Whether a URL may lead to an address that is not public. */
  readonly allowPrivate?: boolean | undefined;
}

/**
 * `driftline init`: sets a project up. Everything is made in memory first; then all of it is written, or nothing.
 *
 * @param questions asks the user; `undefined` where nobody can be asked, or wants to be
 */
export async function initCommand(
  request: InitRequest,
  { pipeline, color = false }: CommandContext,
  questions: Questions | undefined,
): Promise<CommandResult> {
  const project = await lookAround(process.cwd());
  const refusal = usageOf(request) ?? (await refusalOf(project));
  if (refusal !== undefined) return failure([about([refusal])]);
  const location = await documentLocation(request, project, questions);
  if (location === "cancelled") return CANCELLED;
  if (location.value === undefined) return failure([about(location.diagnostics)]);
  const loaded = await pipeline.loadDocument({
    file: nameOf(location.value),
    settings: { privateNetwork: request.allowPrivate === true },
  });
  const source = loaded.value;
  if (source === undefined || hasErrors(loaded.diagnostics))
    return broken([{ diagnostics: loaded.diagnostics, source }], location.value);
  const wishes = await wishesOf(request, project, location.value, source, questions);
  if (wishes === "cancelled") return CANCELLED;
  questions?.end();
  const plan = planOf(project, wishes);
  const made = await make(plan, project, loaded, location.value, pipeline);
  if (made.outputs === undefined) return broken(made.reports, location.value);
  const program = await firstProgram(request, plan, made.targets, source, pipeline);
  const files = await newFiles(plan, project, source, program);
  if (files.value === undefined) return failure([...made.reports, about(files.diagnostics)]);
  const outputs = withFiles(made.outputs, project.folder, files.value);
  const written =
    request.dryRun === true ? outcome(outputs.map(asWritten)) : await writeOutputs(outputs);
  const reports = [...made.reports, about(written.diagnostics)];
  if (written.value === undefined) return failure(reports);
  const done: InitDone = {
    project,
    plan,
    isDryRun: request.dryRun === true,
    folders: written.value.map((folder) => ({ ...folder, folder: shown(folder.folder) })),
    files: [...files.value.keys()].map(shown),
    program,
    steps: nextSteps(project, plan, VERSION, program?.file),
    remarks: remarks(project, plan, program?.code),
  };
  return {
    exitCode: EXIT.clean,
    reports,
    ...initText(done, color),
  };
}

const CANCELLED: CommandResult = {
  exitCode: EXIT.brokenInput,
  reports: [],
  text: "",
  note: "Nothing was written.\n",
  results: undefined,
};

function about(diagnostics: readonly Diagnostic[]): Report {
  return { diagnostics, source: undefined };
}

/** What a document that cannot be used needs, and that nothing has happened yet. */
function broken(reports: readonly Report[], location: Location): CommandResult {
  const next =
    location.kind === "file"
      ? `Mend the document, or look at what "driftline doctor --input ${visiblePath(location.file)}" offers; then run init again.`
      : "Save the document, mend it, and name the file; or tell whoever publishes it.";
  return { ...failure(reports), note: `Nothing was written. ${next}\n` };
}

/** A project that is set up stays as it is. */
async function refusalOf({ configuration }: Project): Promise<Diagnostic | undefined> {
  if (configuration === undefined) return undefined;
  const { value } = await loadConfiguration(CONFIGURATION_FILE);
  const services = (value?.services ?? []).map(({ service }) => service);
  const has =
    value === undefined || services.length === 0
      ? ""
      : `, with ${services.join(", ")} below ${visiblePath(displayPath(value.output))}`;
  return diagnostic("would-overwrite", {
    message: `This project is set up already${has}.`,
    hint: 'Add a service to driftline.yaml, or run "driftline generate". Nothing was written.',
    place: { path: CONFIGURATION_FILE },
  });
}

function usageOf(request: InitRequest): Diagnostic | undefined {
  const wrongOutput = outputProblem(request.output ?? "generated");
  if (wrongOutput !== undefined)
    return usageError(
      `--output ${quoted(request.output ?? "")} is no folder of the project.`,
      wrongOutput,
    );
  return request.service !== undefined && serviceName([request.service]) !== request.service
    ? usageError(
        `--service ${quoted(request.service)} is no name of a service.`,
        `It should be ${schema.properties.services.propertyNames.description}.`,
      )
    : undefined;
}

function outputProblem(folder: string): string | undefined {
  const { pattern, description } = schema.properties.output;
  return new RegExp(pattern, "u").test(folder) ? undefined : `It should be ${description}.`;
}

/* --------------------------------------------------------------- the document */

/** A document that a project can be set up for. */
type Location = Exclude<DocumentLocation, { readonly kind: "git" }>;

async function documentLocation(
  { document, allowPrivate }: InitRequest,
  { documents }: Project,
  questions: Questions | undefined,
): Promise<Outcome<Location> | "cancelled"> {
  const [first, ...others] = documents;
  const isPlain = first !== undefined && others.length === 0;
  const asked =
    document ??
    (questions === undefined || isPlain ? first?.path : await questions.document(documents));
  if (asked === undefined && questions !== undefined) return "cancelled";
  if (asked === undefined) return { value: undefined, diagnostics: [nothingFound()] };
  const location = parseLocation(asked, allowPrivate);
  if (!("problem" in location) && location.kind !== "git") return outcome(location);
  const finding =
    "problem" in location
      ? diagnostic("invalid-location", {
          message: `The document ${location.problem}.`,
          hint: location.hint,
        })
      : usageError("init takes a file or a URL.", "Check the file out, and name it.");
  return { value: undefined, diagnostics: [finding] };
}

function nothingFound(): Diagnostic {
  return usageError(
    "There is no OpenAPI document in this folder.",
    "Name one: driftline init specs/openapi.yaml, or driftline init https://api.example.com/openapi.json.",
  );
}

function nameOf(location: Location): string {
  return location.kind === "file" ? location.file : location.url;
}

/* ------------------------------------------------------------- what is wanted */

async function wishesOf(
  request: InitRequest,
  project: Project,
  location: Location,
  source: Source,
  questions: Questions | undefined,
): Promise<Wishes | "cancelled"> {
  const usual = usualOutput(project);
  const output =
    request.output ??
    (questions === undefined ? usual : await questions.output(usual, outputProblem));
  if (output === undefined) return "cancelled";
  const canHaveScripts = project.packageFile !== undefined && request.scripts !== false;
  const wantsScripts =
    canHaveScripts && request.scripts === undefined && questions !== undefined
      ? await questions.scripts([...SCRIPTS.keys()])
      : canHaveScripts;
  if (wantsScripts === undefined) return "cancelled";
  const title = stringMember(objectMember(source.document, "info"), "title");
  const stem = path.posix.parse(nameOf(location).replace(/[?#].*$/, "")).name;
  const service = request.service ?? serviceName([title, stem]);
  return {
    service,
    input:
      location.kind === "file"
        ? path.relative(project.folder, path.resolve(location.file)).replaceAll(path.sep, "/")
        : `specs/${service}.${looksLikeJson(source.file.text) ? "json" : "yaml"}`,
    upstream: location.kind === "file" ? undefined : location.url,
    output,
    wantsScripts,
  };
}

/* -------------------------------------------------------------- what is made */

interface Made {
  readonly targets: Targets;
  readonly outputs: readonly LabelledOutput[] | undefined;
  readonly reports: readonly Report[];
}

/** Generates as `driftline generate` will, from a configuration that is not written yet. */
async function make(
  plan: Plan,
  { folder }: Project,
  loaded: LoadedDocument,
  location: Location,
  pipeline: Pipeline,
): Promise<Made> {
  const file = path.join(folder, CONFIGURATION_FILE);
  const { value, diagnostics } = await loadConfiguration(file, () =>
    Promise.resolve(new TextEncoder().encode(plan.configuration)),
  );
  if (value === undefined || hasErrors(diagnostics))
    throw new Error(`init wrote a configuration that is wrong: ${diagnostics[0]?.message ?? ""}`);
  const found = configuredTargets(value, value.services, await pipeline.helpers(), {});
  // What was read once is the same the second time; and what was fetched has no file yet.
  const again = { ...pipeline, loadDocument: () => Promise.resolve(loaded) };
  const { outputs, reports } = await build({ ...found }, again);
  const made = { targets: found.value, reports };
  const source = loaded.value;
  return outputs === undefined || location.kind === "file" || source === undefined
    ? { ...made, outputs }
    : {
        ...made,
        outputs: outputs.map((output) => withPin(output, plan.service, source, location.url)),
      };
}

/** The lock remembers what was fetched, as after `driftline pull`. */
function withPin(
  output: LabelledOutput,
  service: string,
  source: Source,
  url: string,
): LabelledOutput {
  if (output.lock === undefined) return output;
  const { before, after } = output.lock;
  const entry = { ...lockedService(after, service), upstream: pinOf(source, url) };
  const next = withServices(after, new Map([[service, entry]]));
  const [record] = output.records ?? [];
  return {
    ...output,
    lock: { before, after: next },
    ...(record === undefined ? {} : { records: [{ ...record, text: lockText(next) }] }),
  };
}

async function firstProgram(
  request: InitRequest,
  plan: Plan,
  { targets: [target], root }: Targets,
  source: Source,
  pipeline: Pipeline,
): Promise<FirstProgram | undefined> {
  if (target === undefined) return undefined;
  const file = request.program ?? plan.programFile;
  const from = path.dirname(path.resolve(root, file));
  const way = path.relative(from, path.join(target.folder, "index.js")).replaceAll(path.sep, "/");
  const clientModule = way.startsWith("../") ? way : `./${way}`;
  const { value } = await pipeline.makePages(source, {
    ...target.options,
    pages: { clientModule },
  });
  if (value?.reference.start === undefined) return undefined;
  return {
    file,
    code: fittedProgram(value.reference.start.code, plan.program),
    isWritten: request.program !== undefined,
    needsBaseUrl: value.reference.baseUrl === undefined,
  };
}

/* ------------------------------------------------------------ what is written */

/** The files beside what is generated: texts by absolute path. */
async function newFiles(
  plan: Plan,
  { folder, packageFile }: Project,
  source: Source,
  program: FirstProgram | undefined,
): Promise<Outcome<ReadonlyMap<string, FileRecord>>> {
  const fresh: (readonly [file: string, text: string])[] = [
    [CONFIGURATION_FILE, plan.configuration],
    ...(plan.upstream === undefined ? [] : [[plan.input, source.file.text] as const]),
    ...(program?.isWritten === true ? [[program.file, program.code] as const] : []),
  ];
  const records = new Map<string, FileRecord>();
  const diagnostics: Diagnostic[] = [...wholeness(plan, source)];
  for (const [name, text] of fresh) {
    const file = path.resolve(folder, name);
    const before = await presentText(file);
    if (before !== undefined && before !== text) diagnostics.push(inTheWay(file));
    records.set(file, { path: path.basename(file), before, text });
  }
  if (packageFile !== undefined && plan.scripts !== undefined && plan.scripts.added.length > 0)
    records.set(path.join(folder, "package.json"), {
      path: "package.json",
      before: packageFile.text.replaceAll("\r\n", "\n"),
      text: plan.scripts.text,
    });
  return outcome(records, diagnostics);
}

/** What is fetched is kept as one file. */
function wholeness({ upstream }: Plan, { files }: Source): readonly Diagnostic[] {
  if (upstream === undefined || files.size === 1) return [];
  return [
    diagnostic("pull-refused", {
      message: `The published document has ${files.size} files, and only a single one can be taken over.`,
      hint: "Save all of them below specs/, and name the root document: driftline init specs/openapi.yaml.",
    }),
  ];
}

function inTheWay(file: string): Diagnostic {
  return diagnostic("would-overwrite", {
    message: "This file is there already.",
    hint: "Move it, or name another file; a document that is there can be named itself, as in driftline init specs/openapi.yaml. Nothing was written.",
    place: { path: displayPath(file) },
  });
}

/** The text that stands at a path, with line feeds only; empty for what is no file. */
async function presentText(file: string): Promise<string | undefined> {
  try {
    const entry = await lstat(file);
    return entry.isFile() ? (await readFile(file, "utf8")).replaceAll("\r\n", "\n") : "";
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The files among what is written: in the output of their folder, or in one of their own. */
function withFiles(
  outputs: readonly LabelledOutput[],
  root: string,
  files: ReadonlyMap<string, FileRecord>,
): readonly LabelledOutput[] {
  const byFolder = groupBy([...files], ([file]) => path.dirname(file));
  const recordsOf = (folder: string): readonly FileRecord[] =>
    (byFolder.get(folder) ?? []).map(([, record]) => record);
  const known = new Set(outputs.map(({ folder }) => folder));
  const joined = outputs.map((output) => ({
    ...output,
    records: [...(output.records ?? []), ...recordsOf(output.folder)],
  }));
  const more = [...byFolder.keys()].filter((folder) => !known.has(folder));
  return [
    ...joined,
    ...more.map((folder) => ({
      label: displayPath(folder),
      isOverlaid: false,
      folder,
      root: folder.startsWith(root + path.sep) ? root : folder,
      files: [],
      manifest: undefined,
      records: recordsOf(folder),
    })),
  ];
}

/** What would become of a folder in which nothing stands. */
function asWritten({ folder, files, manifest, records = [] }: LabelledOutput): {
  readonly folder: string;
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
} {
  const generated = manifest === undefined ? [] : files.map((file) => file.path);
  const own = records.filter(({ before, text }) => before !== text).map((record) => record.path);
  return { folder, written: [...generated, ...own], removed: [], unchanged: 0 };
}

function shown(file: string): string {
  return path.relative(process.cwd(), file) === "" ? "." : displayPath(path.resolve(file));
}
