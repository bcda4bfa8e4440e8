import { checkClient } from "./api/check.js";
import { diffDocuments } from "./api/diff.js";
import { generateClient } from "./api/generate.js";
import { checkOnDisk, generateOnDisk, watchOnDisk } from "./api/project.js";
import type {
  Checked,
  CheckedProject,
  ClientRequest,
  Diagnostic,
  Diffed,
  DiffRequest,
  Generated,
  GeneratedProject,
  ProjectRequest,
  WatchRequest,
} from "./api/types.js";
import { printFindings } from "./diagnostics/print.js";

/* The package as programs import it: `docs/programming.md` has a program for each function. */

export type {
  Checked,
  CheckedProject,
  ClientOptions,
  ClientRequest,
  ComparedDocument,
  Diagnostic,
  Diffed,
  DiffFinding,
  DiffLevel,
  DiffPlace,
  DiffReport,
  DiffRequest,
  DiffSpot,
  Difference,
  DifferenceReason,
  DocumentSource,
  FileMap,
  Generated,
  GeneratedProject,
  OperationChoice,
  ProjectRequest,
  WatchRequest,
  WrittenFolder,
} from "./api/types.js";

/**
 * Makes the client of a document, in memory: the same request gives the same files. Nothing is read but what it is
 * given and driftline's own files, nothing is written, printed or fetched, and nothing goes on afterwards.
 *
 * @param request the document, and what decides its client
 * @returns the files of the client's folder, unless anything is an error, and everything that was found. Errors of a
 *   document are findings: it rejects only for a bug of driftline
 */
export function generate(request: ClientRequest): Promise<Generated> {
  return generateClient(request);
}

/**
 * Tells how a folder differs from the client that {@link generate} would make, and why; in memory, too.
 *
 * @param request the same as for {@link generate}, and with `present` the files of the folder
 * @returns no differences where the client is up to date
 */
export function check(request: ClientRequest): Promise<Checked> {
  return checkClient(request);
}

/**
 * Tells what changed between two documents, on the wire and in the code of the client; in memory, too.
 *
 * @param request both documents, and what decides their clients
 * @returns what `driftline diff --json` reports
 */
export function diff(request: DiffRequest): Promise<Diffed> {
  return diffDocuments(request);
}

/**
 * Writes findings as the command line does: each with its place, the lines around it and a hint.
 *
 * @param options `color` for escape sequences of terminals; default: none
 * @returns lines that end in a line feed; empty where there are no findings
 */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: { readonly color?: boolean } = {},
): string {
  return printFindings(diagnostics, { color: options.color === true });
}

/**
 * Writes the clients of a `driftline.yaml`, as `driftline generate` does: nothing at all unless every document is right.
 *
 * @param request which project; default: that of the working directory
 * @returns what was written, what was found, and the files on which both depend
 */
export function generateProject(request: ProjectRequest = {}): Promise<GeneratedProject> {
  return generateOnDisk(request);
}

/**
 * Tells which files of a project are not what {@link generateProject} would write, and why. Writes nothing.
 *
 * @param request which project; default: that of the working directory
 * @returns no differences where everything is up to date
 */
export function checkProject(request: ProjectRequest = {}): Promise<CheckedProject> {
  return checkOnDisk(request);
}

/**
 * Does what {@link generateProject} does, and again whenever a file changes on which that depends: one run after the
 * other, and only for the services that the file belongs to. An error ends nothing: the next change may mend it.
 *
 * @param request which project, and when to end
 * @returns each run, the first one included, until `signal` aborts or the loop is left
 */
export function watchProject(
  request: WatchRequest = {},
): AsyncGenerator<GeneratedProject, void, void> {
  return watchOnDisk(request);
}
