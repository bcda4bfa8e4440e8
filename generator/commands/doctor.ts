import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { loadConfiguration } from "../config/load.js";
import { diagnostic } from "../diagnostics/codes.js";
import { hasErrors, outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import { visiblePath } from "../diagnostics/quoted.js";
import type { DocumentInput } from "../document/document-input.js";
import { displayPath } from "../document/read-file.js";
import type { Diagnosis } from "../doctor/diagnose.js";
import { overlayText } from "../doctor/overlay-text.js";
import { EXIT, type CommandContext, type ExitCode, type Terminal } from "./command.js";
import { allowFlagFinding } from "./loading.js";
import type { Pipeline, ServiceOptions } from "./pipeline-port.js";
import { report } from "./report.js";
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
  { terminal, pipeline }: CommandContext,
): Promise<ExitCode> {
  const found = await findCases(request, pipeline);
  report(terminal, found.diagnostics);
  if (found.value === undefined) return EXIT.brokenInput;
  const codes: ExitCode[] = [];
  for (const each of found.value)
    codes.push(await examine(each, request, found.value.length > 1, { terminal, pipeline }));
  if (codes.includes(EXIT.brokenInput)) return EXIT.brokenInput;
  return codes.includes(EXIT.findings) ? EXIT.findings : EXIT.clean;
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
  if (configuration.value === undefined)
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
    if (options.value === undefined || input.value === undefined) continue;
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
  { terminal, pipeline }: CommandContext,
): Promise<ExitCode> {
  const loaded = await pipeline.loadDocument(input);
  const shown = visiblePath(displayPath(path.resolve(input.file)));
  if (loaded.value === undefined || hasErrors(loaded.diagnostics)) {
    report(terminal, loaded.diagnostics, loaded.value);
    return EXIT.brokenInput;
  }
  const diagnosis = await pipeline.diagnose(loaded.value, options, name);
  const lasting = [...loaded.diagnostics, ...diagnosis.lasting];
  if (lasting.length === 0 && diagnosis.repairable.length === 0) {
    terminal.err(`${shown}: nothing is wrong.\n`);
    return EXIT.clean;
  }
  tell(terminal, `${shown}: an overlay can repair this:`, diagnosis.repairable);
  tell(terminal, `${shown}: this is left for you to decide:`, lasting);
  if (diagnosis.actions.length === 0) return EXIT.findings;
  if (isOneOfSeveral) {
    terminal.err(`Run "driftline doctor ${name}" for the overlay.\n\n`);
    return EXIT.findings;
  }
  return offer(diagnosis, input.file, request, usageOf, terminal);
}

function tell(terminal: Terminal, title: string, findings: readonly Diagnostic[]): void {
  if (findings.length === 0) return;
  terminal.err(`${title}\n\n`);
  report(terminal, findings);
  terminal.err("\n");
}

/* ---------------------------------------------------------------- the overlay */

async function offer(
  { actions }: Diagnosis,
  document: string,
  { write, force = false }: DoctorRequest,
  usageOf: Case["usage"],
  terminal: Terminal,
): Promise<ExitCode> {
  const title = "Repairs by driftline doctor";
  if (write === undefined) {
    terminal.err("The overlay goes to the standard output; --write FILE writes it to a file.\n");
    terminal.out(MARK + overlayText(actions, { title }));
    return EXIT.findings;
  }
  const text = overlayText(actions, { title, ...extendsOf(write, document) });
  const failure = await writeOverlay(write, MARK + text, force);
  if (failure !== undefined) {
    report(terminal, [failure]);
    return EXIT.brokenInput;
  }
  const count = `${actions.length} ${actions.length === 1 ? "action" : "actions"}`;
  terminal.out(`${visiblePath(displayPath(path.resolve(write)))}: ${count}\n`);
  terminal.err(`${usageOf(write)}\n`);
  return EXIT.findings;
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

/** All of the text or nothing: it is written beside the file first. */
async function replaceFile(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(beside, text, { flag: "wx" });
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
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
