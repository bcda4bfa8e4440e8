import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { Report } from "../diagnostics/located.js";
import { quoted, visiblePath } from "../diagnostics/quoted.js";
import { displayPath } from "../document/read-file.js";
import {
  compareOutput,
  compareRecord,
  type Difference,
  type DifferenceKind,
  type FirstDifference,
  type Reason,
} from "../output/compare.js";
import { below } from "../output/paths.js";
import { readOutput } from "../output/read-output.js";
import { lockReasons, wantedText } from "../pins/lock-update.js";
import { build, labelsOf, type BuildInputs, type LabelledOutput } from "./build.js";
import { EXIT, failure, type CommandContext, type CommandResult } from "./command.js";
import { nothingToBuild } from "./generate-targets.js";
import type { Pipeline } from "./pipeline-port.js";
import { findTargets, type TargetRequest } from "./targets.js";
import { inputsOf, noteOf, reportsOf, setApart, type Remake } from "./unchanged.js";

const REASON_TEXT: Readonly<Record<Reason, string>> = {
  "never-generated": "nothing was ever generated here",
  "document-changed": "the document changed",
  "configuration-changed": "the configuration changed",
  "generator-changed": "the generator changed",
  "names-changed": "the names in driftline.lock changed",
  "not-locked": "it does not have the names of all services that are generated",
  "edited-by-hand": "it was edited by hand",
  "removed-by-hand": "it was removed by hand",
  "not-recorded": "it is not in the manifest",
  unexplained: "for no known reason: the manifest was edited, or this is a bug of driftline",
};

interface ComparedOutput {
  readonly output: LabelledOutput;
  readonly differences: readonly Difference[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What became of a check. */
export interface CheckRun {
  /** What was looked at, as it is called. */
  readonly labels: readonly string[];
  /** `undefined` after an error. */
  readonly differences: readonly FoundDifference[] | undefined;
  readonly reports: readonly Report[];
  readonly inputs: BuildInputs;
  /** What else there is to say to people; may be empty. */
  readonly note: string;
}

/**
 * Finds out which generated files are not what `generate` would write, and why. Writes nothing.
 *
 * @param remake what is made although nothing has changed. Default: what had warnings
 */
export async function checkTargets(
  request: TargetRequest,
  pipeline: Pipeline,
  remake: Remake = "warned",
): Promise<CheckRun> {
  const found = await findTargets(request, pipeline);
  const { rest, unchanged, lock } = await setApart(
    found,
    request.full === true ? "everything" : remake,
    pipeline.prepareDocument,
  );
  const built = rest === undefined ? nothingToBuild(found) : await build(rest, pipeline, { lock });
  const run = {
    labels: found.value === undefined ? [] : labelsOf(found.value),
    reports: [...built.reports, ...reportsOf(unchanged)],
    inputs: {
      ...built.inputs,
      services: new Map([...built.inputs.services, ...inputsOf(unchanged)]),
    },
    note: noteOf(unchanged),
  };
  if (built.outputs === undefined) return { ...run, differences: undefined };
  const compared = await Promise.all(built.outputs.map(compareWithDisk));
  const diagnostics = compared.flatMap((one) => one.diagnostics);
  const differences = compared.flatMap(({ output, differences: all }) =>
    all.map((difference) => ({ output, difference })),
  );
  return {
    ...run,
    differences: hasErrors(diagnostics) ? undefined : differences,
    reports: [...run.reports, { diagnostics, source: undefined }],
  };
}

/** `driftline check` */
export async function checkCommand(
  request: TargetRequest,
  { pipeline, isJson = false }: CommandContext,
): Promise<CommandResult> {
  const remake = isJson ? "warned" : "nothing";
  const { labels, differences, reports, note } = await checkTargets(request, pipeline, remake);
  if (differences === undefined) return failure(reports);
  return {
    exitCode: differences.length === 0 ? EXIT.clean : EXIT.outOfDate,
    reports,
    note,
    text: differences.length === 0 ? upToDate(labels) : outOfDate(differences),
    results: { differences: differences.map(shownDifference) },
  };
}

/** A difference, and the folder that it is in. */
export interface FoundDifference {
  readonly output: LabelledOutput;
  readonly difference: Difference;
}

function upToDate(labels: readonly string[]): string {
  return `Up to date: ${labels.map((label) => visiblePath(label)).join(", ")}.\n`;
}

/** All differences as text. */
export function outOfDate(differences: readonly FoundDifference[]): string {
  const lines = differences.map(({ output, difference }) => describe(output, difference));
  return `${lines.join("\n")}\n\n${advice(differences.map(({ difference }) => difference))}\n`;
}

/** A difference with its path relative to the working directory. */
function shownDifference({ output, difference }: FoundDifference): DifferenceResult {
  return differenceResult(difference, displayPath(below(output.folder, difference.path)));
}

/** A difference for programs; the end of a file is `null`. */
export interface DifferenceResult {
  readonly file: string;
  readonly kind: DifferenceKind;
  readonly reasons: readonly Reason[];
  readonly line?: number;
  readonly expected?: string | null;
  readonly actual?: string | null;
}

/** What programs are told of a difference. @param file what the file is called */
export function differenceResult(
  { kind, reasons, first }: Difference,
  file: string,
): DifferenceResult {
  return {
    file,
    kind,
    reasons,
    ...(first === undefined
      ? {}
      : {
          line: first.line,
          expected: first.expected ?? null,
          actual: first.actual ?? null,
        }),
  };
}

async function compareWithDisk(output: LabelledOutput): Promise<ComparedOutput> {
  const locked = compareLock(output);
  const { manifest } = output;
  if (manifest === undefined) return { output, differences: locked, diagnostics: [] };
  const files = new Map(output.files.map(({ path, text }) => [path, text]));
  const present = await readOutput(output.folder, [...files.keys()]);
  if (present.value === undefined)
    return { output, differences: [], diagnostics: present.diagnostics };
  const differences = compareOutput({ files, manifest }, present.value);
  return { output, differences: [...differences, ...locked], diagnostics: present.diagnostics };
}

/** How the lock differs from what it should be. */
export function compareLock({ lock, records = [] }: LabelledOutput): readonly Difference[] {
  if (lock === undefined) return [];
  return records.flatMap(({ path, before }) =>
    compareRecord(path, wantedText(lock), before, () => lockReasons(lock)),
  );
}

function describe(
  { folder, isOverlaid }: LabelledOutput,
  { path, kind, reasons, first }: Difference,
): string {
  const why = reasons.map((reason) => reasonText(reason, isOverlaid)).join("; ");
  const line = `${kind.padEnd(7)} ${visiblePath(displayPath(below(folder, path)))}: ${why}`;
  return first === undefined ? line : `${line}\n${excerpt(first)}`;
}

/** The manifest knows the document as it is after its overlays. */
function reasonText(reason: Reason, isOverlaid: boolean): string {
  return reason === "document-changed" && isOverlaid
    ? "the document or an overlay changed"
    : REASON_TEXT[reason];
}

function excerpt({ line, expected, actual }: FirstDifference): string {
  return [
    `        line ${line}`,
    `        is        ${lineText(actual)}`,
    `        should be ${lineText(expected)}`,
  ].join("\n");
}

function lineText(text: string | undefined): string {
  return text === undefined ? "the end of the file" : quoted(text);
}

function advice(differences: readonly Difference[]): string {
  const edited = differences.some(({ reasons }) => reasons.includes("edited-by-hand"));
  const unrecorded = differences.some(
    ({ kind, reasons }) => kind !== "missing" && reasons.includes("not-recorded"),
  );
  return [
    `${differences.length} ${differences.length === 1 ? "file is" : "files are"} out of date. Run "driftline generate".`,
    ...(edited
      ? [
          "It overwrites what was edited by hand: move such changes to the document or to your own code first.",
        ]
      : []),
    ...(unrecorded
      ? ["It does not touch files that are not in the manifest: move or delete them."]
      : []),
  ].join("\n");
}
