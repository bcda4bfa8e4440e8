import { readFile } from "node:fs/promises";
import path from "node:path";
import { loadConfiguration } from "../config/load.js";
import { diagnostic } from "../diagnostics/codes.js";
import { hasErrors, outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import type { Report } from "../diagnostics/located.js";
import { visiblePath } from "../diagnostics/quoted.js";
import type { DocumentInput } from "../document/document-input.js";
import { displayPath } from "../document/read-file.js";
import type { Diagnosis } from "../doctor/diagnose.js";
import { overlayText } from "../doctor/overlay-text.js";
import { replaceFile } from "../output/replace-file.js";
import {
  EXIT,
  failure,
  type CommandContext,
  type CommandResult,
  type ExitCode,
} from "./command.js";
import { allowFlagFinding } from "./loading.js";
import type { Pipeline, ServiceOptions } from "./pipeline-port.js";
import {
  chooseServices,
  configuredInput,
  configuredOptions,
  CONFIGURATION_FILE,
  singleInput,
  singleOptions,
  usageError,
} from "./targets.js";

/** The options of `doctor`, as the command line has them. */
export interface DoctorRequest {
  /** Names of services; all of the configuration when there are none. */
  readonly services: readonly string[];
  readonly config?: string | undefined;
  readonly input?: string | undefined;
  readonly overlay?: readonly string[] | undefined;
  readonly allowFolder?: readonly string[] | undefined;
  readonly allowOrigin?: readonly string[] | undefined;
  readonly allowPrivate?: boolean | undefined;
  readonly limit?: readonly string[] | undefined;
  /** Where to write the overlay. Default: to the standard output. */
  readonly write?: string | undefined;
  /** Whether a file may be overwritten that `doctor` did not write. */
  readonly force?: boolean | undefined;
}

/** A document to be examined. */
interface Case {
  readonly input: DocumentInput;
  readonly options: ServiceOptions;
  /** What the document is called where it has no title. */
  readonly name: string;
  /** How a user applies an overlay to it. */
  readonly usage: (overlay: string) => string;
}

/** The first line of an overlay that `doctor` wrote, by which it knows the file again. */
const MARK =
  '# Written by "driftline doctor", which overwrites this file while this line is in it.\n';

/** `driftline doctor`: lists what is wrong with documents, and offers an overlay for what can be repaired. */
export async function doctorCommand(
  request: DoctorRequest,
  { pipeline }: CommandContext,
): Promise<CommandResult> {
  const found = await findCases(request, pipeline);
  const before: Report = { diagnostics: found.diagnostics, source: undefined };
  if (found.value === undefined) return failure([before]);
  const examined: Examined[] = [];
  for (const each of found.value)
    examined.push(await examine(each, request, found.value.length > 1, pipeline));
  const codes = examined.map(({ exitCode }) => exitCode);
  const worst = [EXIT.brokenInput, EXIT.findings].find((code) => codes.includes(code));
  return {
    exitCode: worst ?? EXIT.clean,
    reports: [before, ...examined.flatMap(({ reports }) => reports)],
    text: examined.map(({ text }) => text).join(""),
    note: examined.map(({ note }) => note).join(""),
    results: worst === EXIT.brokenInput ? undefined : { documents: examined.map(resultOf) },
  };
}

/** What is to be told of one document. */
interface Examined {
  readonly exitCode: ExitCode;
  readonly reports: readonly Report[];
  readonly text: string;
  readonly note: string;
  readonly file: string;
  /** How many findings an overlay can repair, and how many it cannot. */
  readonly repairable: number;
  readonly lasting: number;
  /** The text of the overlay, unless it was written to a file. */
  readonly overlay?: string;
  /** The file that it was written to. */
  readonly written?: string;
}

function resultOf({ file, repairable, lasting, overlay, written }: Examined): unknown {
  return {
    file,
    repairable,
    lasting,
    ...(overlay === undefined ? {} : { overlay }),
    ...(written === undefined ? {} : { written }),
  };
}

/* --------------------------------------------------------------------- cases */

async function findCases(
  request: DoctorRequest,
  pipeline: Pipeline,
): Promise<Outcome<readonly Case[]>> {
  const { services, config, input, overlay, write, force } = request;
  if (force === true && write === undefined)
    return usage("--force needs --write.", "It lets --write overwrite a file.");
  if (input !== undefined) {
    if (services.length > 0 || config !== undefined)
      return usage("--input goes with neither services nor --config.", "Give one of them.");
    const { value, diagnostics } = singleCase(input, request);
    if (value === undefined) return { value, diagnostics };
    return outcome([await withoutWritten(value, write)]);
  }
  const flag = allowFlagFinding(request);
  if (flag !== undefined) return { value: undefined, diagnostics: [flag] };
  const configured = await configuredCases(
    services,
    config ?? CONFIGURATION_FILE,
    overlay,
    pipeline,
  );
  const count = configured.value?.length ?? 1;
  if (count !== 1 && (write !== undefined || overlay !== undefined))
    return usage("--write and --overlay are for one document.", "Name one service.");
  const cases = await Promise.all(
    (configured.value ?? []).map((each) => withoutWritten(each, write)),
  );
  return { value: configured.value && cases, diagnostics: configured.diagnostics };
}

function usage(message: string, hint: string): Outcome<readonly Case[]> {
  return { value: undefined, diagnostics: [usageError(message, hint)] };
}

function singleCase(file: string, request: DoctorRequest): Outcome<Case> {
  const { value: input, diagnostics } = singleInput(file, request);
  if (input === undefined) return { value: undefined, diagnostics };
  return outcome({
    input,
    options: singleOptions(undefined),
    name: path.basename(file).replace(/\.[^.]*$/, ""),
    usage: (overlay) => `Apply it with --overlay ${overlay}`,
  });
}

async function configuredCases(
  names: readonly string[],
  file: string,
  overlays: readonly string[] | undefined,
  pipeline: Pipeline,
): Promise<Outcome<readonly Case[]>> {
  const configuration = await loadConfiguration(file);
  if (configuration.value === undefined || hasErrors(configuration.diagnostics))
    return { value: undefined, diagnostics: configuration.diagnostics };
  const chosen = chooseServices(names, configuration.value);
  if (chosen.value === undefined) return { value: undefined, diagnostics: chosen.diagnostics };
  const known = await pipeline.helpers();
  const { folder } = configuration.value;
  const cases: Case[] = [];
  const findings: Diagnostic[] = [];
  for (const service of chosen.value) {
    const options = configuredOptions(service, configuration.value, known);
    const input = configuredInput(service, overlays);
    findings.push(...options.diagnostics, ...input.diagnostics);
    if (input.value === undefined) continue;
    const name = service.service;
    cases.push({
      input: input.value,
      options: options.value,
      name,
      usage: (overlay) => {
        const written = path.relative(folder, path.resolve(overlay)).replaceAll(path.sep, "/");
        return `Add it to ${displayPath(path.resolve(file))}, under ${name}: overlays: [${JSON.stringify(written)}]`;
      },
    });
  }
  return outcome(cases, findings);
}

/** An overlay that is written anew is not applied first: what it repairs is found again. */
async function withoutWritten(each: Case, write: string | undefined): Promise<Case> {
  const { overlays = [] } = each.input;
  if (write === undefined || !(await isMarked(write))) return each;
  const written = path.resolve(write);
  const others = overlays.filter((overlay) => path.resolve(overlay) !== written);
  return { ...each, input: { ...each.input, overlays: others } };
}

/* --------------------------------------------------------------- examining */

async function examine(
  { input, options, name, usage: usageOf }: Case,
  request: DoctorRequest,
  isOneOfSeveral: boolean,
  pipeline: Pipeline,
): Promise<Examined> {
  const loaded = await pipeline.loadDocument(input);
  const file = displayPath(path.resolve(input.file));
  const shown = visiblePath(file);
  if (loaded.value === undefined)
    return { ...BROKEN, file, reports: [{ diagnostics: loaded.diagnostics, source: undefined }] };
  const isBroken = hasErrors(loaded.diagnostics);
  const diagnosis = await pipeline.diagnose(loaded.value, options, name, isBroken);
  const lasting = [...loaded.diagnostics, ...diagnosis.lasting];
  const { repairable, actions } = diagnosis;
  const told: Examined = {
    exitCode: EXIT.findings,
    reports: [
      {
        title: `${shown}: an overlay can repair this:`,
        diagnostics: repairable,
        source: undefined,
      },
      {
        title: `${shown}: this is left for you to decide:`,
        diagnostics: lasting,
        source: undefined,
      },
    ],
    text: "",
    note: "",
    file,
    repairable: repairable.length,
    lasting: lasting.length,
  };
  if (repairable.length + lasting.length === 0)
    return { ...told, exitCode: EXIT.clean, note: `${shown}: nothing is wrong.\n` };
  if (actions.length === 0) return told;
  if (isOneOfSeveral) return { ...told, note: `Run "driftline doctor ${name}" for the overlay.\n` };
  return offer(told, actions, input.file, request, usageOf);
}

/** What is told of a document that cannot be read. */
const BROKEN = {
  exitCode: EXIT.brokenInput,
  text: "",
  note: "",
  repairable: 0,
  lasting: 0,
} satisfies Partial<Examined>;

/* ---------------------------------------------------------------- the overlay */

async function offer(
  told: Examined,
  actions: Diagnosis["actions"],
  document: string,
  { write, force = false }: DoctorRequest,
  usageOf: Case["usage"],
): Promise<Examined> {
  const title = "Repairs by driftline doctor";
  if (write === undefined) {
    const overlay = MARK + overlayText(actions, { title });
    const note = "The overlay goes to the standard output; --write FILE writes it to a file.\n";
    return { ...told, text: overlay, overlay, note };
  }
  const text = overlayText(actions, { title, ...extendsOf(write, document) });
  const refusal = await writeOverlay(write, MARK + text, force);
  if (refusal !== undefined) {
    const reports = [...told.reports, { diagnostics: [refusal], source: undefined }];
    return { ...told, exitCode: EXIT.brokenInput, reports };
  }
  const count = `${actions.length} ${actions.length === 1 ? "action" : "actions"}`;
  const written = displayPath(path.resolve(write));
  return {
    ...told,
    text: `${visiblePath(written)}: ${count}\n`,
    note: `${usageOf(write)}\n`,
    written,
  };
}

/** The document as a reference relative to the overlay; none across drives. */
function extendsOf(overlay: string, document: string): { readonly extends?: string } {
  const relative = path.relative(path.dirname(path.resolve(overlay)), path.resolve(document));
  if (path.isAbsolute(relative)) return {};
  const segments = relative.split(path.sep).map((segment) => encodeURIComponent(segment));
  return { extends: segments[0] === ".." ? segments.join("/") : `./${segments.join("/")}` };
}

async function writeOverlay(
  file: string,
  text: string,
  force: boolean,
): Promise<Diagnostic | undefined> {
  const place = { path: displayPath(path.resolve(file)) };
  try {
    const present = await readText(file);
    if (present !== undefined && !present.startsWith(MARK) && !force) {
      return diagnostic("would-overwrite", {
        message: "This file was not written by doctor.",
        hint: "Name another file, or add --force to overwrite it.",
        place,
      });
    }
    await replaceFile(file, text);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return diagnostic("write-failed", {
      message: `The overlay cannot be written: ${String(error.code)}.`,
      hint: "Check the folder and its permissions.",
      place,
    });
  }
}

/** Whether there is a file that `doctor` wrote; what else is wrong with it comes up when it is written. */
async function isMarked(file: string): Promise<boolean> {
  try {
    return (await readText(file))?.startsWith(MARK) === true;
  } catch {
    return false;
  }
}

/** The text of a file, or `undefined` where there is none. */
async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
