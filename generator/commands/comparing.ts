import path from "node:path";
import { hasErrors, outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import type { Report } from "../diagnostics/located.js";
import { quoted } from "../diagnostics/quoted.js";
import type { DocumentInput } from "../document/document-input.js";
import type { CacheSettings } from "../document/load-settings.js";
import { LIMITS } from "../document/limits.js";
import { displayPath, readRegularFile, readSourceFile } from "../document/read-file.js";
import type { Source, SourceFile } from "../document/source.js";
import type { Acceptance } from "../drift/accept/acceptance.js";
import { isDay } from "../drift/accept/day.js";
import { parseAcceptance } from "../drift/accept/load.js";
import { addAcceptance } from "../drift/accept/write.js";
import { isFailing } from "../drift/advice.js";
import { assess } from "../drift/assess.js";
import type { DriftReport, Gate } from "../drift/drift-report.js";
import { renderReports } from "../drift/report/render.js";
import { replaceFile } from "../output/replace-file.js";
import { cacheFolder } from "./cache-folder.js";
import { EXIT, exitCodeOfErrors, type CommandContext, type ExitCode } from "./command.js";
import type { ComparingFlags } from "./comparing-flags.js";
import type { Pipeline, ServiceOptions, UsagePlaces } from "./pipeline-port.js";
import { deliverReports, reportTargets, written, type ReportTarget } from "./report-targets.js";
import { usageError } from "./targets.js";

/** How comparisons of one run are made and judged. */
export interface Comparing {
  readonly gate: Gate;
  readonly docs: boolean;
  readonly all: boolean;
  /** Globs of the user's own code; none where it is not looked at. */
  readonly usages: readonly string[];
  /** The current day in UTC, as `YYYY-MM-DD`. */
  readonly today: string;
  readonly targets: readonly ReportTarget[];
  readonly cache: CacheSettings;
  readonly isPrivateAllowed: boolean;
  /** What is accepted from now on; `undefined` where nothing is. */
  readonly acceptance: NewEntry | undefined;
}

interface NewEntry {
  readonly reason: string;
  readonly author?: string;
  readonly expires?: string;
}

/** Two documents that are to be compared. */
export interface ComparisonTask {
  /** The service; `undefined` where there is none, for the title of the new document. */
  readonly name: string | undefined;
  readonly old: DocumentInput;
  readonly new: DocumentInput;
  readonly options: ServiceOptions;
  /** Path of the acceptance file. */
  readonly accept: string | undefined;
  /** Absolute path of the client that the user's code imports; `undefined` where none is known. */
  readonly client: string | undefined;
}

/** What became of a comparison. */
export interface FinishedComparison {
  /** `undefined` after an error. */
  readonly report: DriftReport | undefined;
  /** Errors only: `generate` and `check` tell what else is to be said of a document. */
  readonly reports: readonly Report[];
  /** The new document, as far as it could be read. */
  readonly current: Source | undefined;
  /** Whether there are errors in the old document only. */
  readonly isOldBroken: boolean;
}

/** What the command line says, held against what makes sense. */
export async function comparingOf(
  flags: ComparingFlags,
  context: CommandContext,
): Promise<Outcome<Comparing>> {
  const { failOn = "breaking", verdict = "both", docs = false, all = false } = flags;
  const targets = reportTargets(flags.report, context);
  const entry = newEntry(flags);
  const diagnostics = [
    ...targets.diagnostics,
    ...entry.diagnostics,
    ...(verdict === "wire" && flags.usages !== undefined ? [usagesWithoutClient()] : []),
  ];
  if (targets.value === undefined || hasErrors(diagnostics))
    return { value: undefined, diagnostics };
  const cache = { folder: await cacheFolder(process.env), isOffline: flags.offline === true };
  return outcome({
    gate: { failOn, verdict },
    docs,
    all,
    usages: flags.usages ?? [],
    today: new Date().toISOString().slice(0, "2026-01-01".length),
    targets: targets.value,
    cache,
    isPrivateAllowed: flags.allowPrivate === true,
    acceptance: entry.value?.entry,
  });
}

function usagesWithoutClient(): Diagnostic {
  return usageError(
    "--usages does not go with --verdict wire, for which no client is looked at.",
    "Leave one of them out.",
  );
}

function newEntry({
  because,
  author,
  expires,
}: ComparingFlags): Outcome<{ readonly entry: NewEntry | undefined }> {
  const findings: Diagnostic[] = [];
  if (because === undefined && (author !== undefined || expires !== undefined))
    findings.push(
      usageError("--author and --expires need --because.", "Say why the findings are accepted."),
    );
  if (because?.trim() === "")
    findings.push(usageError("--because says nothing.", "Give the reason in a few words."));
  if (expires !== undefined && !isDay(expires))
    findings.push(
      usageError(`--expires ${quoted(expires)} is no day.`, "Write it as in 2027-01-31."),
    );
  const entry =
    because === undefined
      ? undefined
      : {
          reason: because,
          ...(author === undefined ? {} : { author }),
          ...(expires === undefined ? {} : { expires }),
        };
  return outcome({ entry }, findings);
}

/** Reads two documents, compares them and judges the result. */
export async function runComparison(
  task: ComparisonTask,
  comparing: Comparing,
  pipeline: Pipeline,
): Promise<FinishedComparison> {
  const [old, current] = await Promise.all([
    pipeline.loadDocument(task.old),
    pipeline.loadDocument(task.new),
  ]);
  const reports = [old, current].map(({ value, diagnostics }) => errorsOf(diagnostics, value));
  const broken = { report: undefined, reports, current: current.value, ...brokenness(reports) };
  if (old.value === undefined || current.value === undefined || areBroken(reports)) return broken;
  const { gate, docs } = comparing;
  const { comparison, diagnostics } = await pipeline.compare({
    old: old.value,
    new: current.value,
    options: task.options,
    verdict: gate.verdict,
    docs,
    usages: usagesOf(task, comparing),
  });
  if (comparison === undefined) {
    const [before, after] = [
      errorsOf(diagnostics.old, old.value),
      errorsOf(diagnostics.new, current.value),
    ];
    const found = [before, withoutKnown(after, before)];
    return { ...broken, reports: found, ...brokenness([before, after]) };
  }
  const { name = comparison.new.title, accept } = task;
  const files = { old: filesOf(old.value), new: filesOf(current.value) };
  const judge = (acceptance: Acceptance | undefined): DriftReport =>
    assess(comparison, { name, files, acceptance, gate, today: comparing.today });
  const judged = await judgeBy(accept, judge, comparing);
  return {
    report: judged.value,
    reports: [{ diagnostics: judged.diagnostics, source: undefined }],
    current: current.value,
    isOldBroken: false,
  };
}

/** What is wrong with the configuration is found with each document, and told once. */
function withoutKnown({ diagnostics, source }: Report, known: Report): Report {
  const isOfDocument = ({ place }: Diagnostic): boolean =>
    place !== undefined && "pointer" in place;
  const told = new Set(known.diagnostics.map((one) => JSON.stringify(one)));
  const left = diagnostics.filter((one) => isOfDocument(one) || !told.has(JSON.stringify(one)));
  return { diagnostics: left, source };
}

function areBroken(reports: readonly Report[]): boolean {
  return reports.some(({ diagnostics }) => hasErrors(diagnostics));
}

function brokenness([old, ...others]: readonly Report[]): Pick<FinishedComparison, "isOldBroken"> {
  return { isOldBroken: old !== undefined && areBroken([old]) && !areBroken(others) };
}

function usagesOf({ client }: ComparisonTask, { usages }: Comparing): UsagePlaces | undefined {
  if (client === undefined || usages.length === 0) return undefined;
  return { folder: process.cwd(), globs: usages, client };
}

/** Errors of one document. Where a stage finds errors in a document, the warnings beside them are not what matters. */
function errorsOf(diagnostics: readonly Diagnostic[], source: Source | undefined): Report {
  return { diagnostics: diagnostics.filter(({ severity }) => severity === "error"), source };
}

function filesOf({ files }: Source): readonly SourceFile[] {
  return [...files.values()];
}

/* ---------------------------------------------------------------- what is accepted */

/** Judges by the acceptance file; what fails is added to that first where the user says why. */
async function judgeBy(
  file: string | undefined,
  judge: (acceptance: Acceptance | undefined) => DriftReport,
  { acceptance: entry }: Comparing,
): Promise<Outcome<DriftReport>> {
  if (file === undefined) return outcome(judge(undefined));
  const before = await readAcceptance(file, entry !== undefined);
  if (before.value === undefined) return { value: undefined, diagnostics: before.diagnostics };
  const report = judge(before.value.acceptance);
  if (entry === undefined || report.failing.length === 0) return outcome(report);
  const text = addAcceptance(before.value.text, report.failing, entry);
  const failures = await written(file, () => replaceFile(path.resolve(file), text));
  if (failures.length > 0) return { value: undefined, diagnostics: failures };
  const after = parseAcceptance({ path: displayPath(path.resolve(file)), text });
  return { value: after.value && judge(after.value), diagnostics: after.diagnostics };
}

interface ReadAcceptance {
  readonly text: string | undefined;
  readonly acceptance: Acceptance | undefined;
}

async function readAcceptance(
  file: string,
  mayBeMissing: boolean,
): Promise<Outcome<ReadAcceptance>> {
  const absolute = path.resolve(file);
  const read = await readSourceFile(displayPath(absolute), absolute, LIMITS, readRegularFile);
  const isMissing = read.diagnostics.some(({ code }) => code === "file-not-found");
  if (isMissing && mayBeMissing) return outcome({ text: undefined, acceptance: undefined });
  if (read.value === undefined) return { value: undefined, diagnostics: read.diagnostics };
  const { value: acceptance, diagnostics } = parseAcceptance(read.value);
  return {
    value: acceptance && { text: read.value.text, acceptance },
    diagnostics,
  };
}

/* ---------------------------------------------------------------- what is told */

/** What the comparisons of a run gave to the outside. */
export interface ToldComparisons {
  readonly exitCode: ExitCode;
  readonly text: string;
  readonly reports: readonly Report[];
  /** The reports for programs, as `drift/report/report-schema.json` tells. */
  readonly results: readonly unknown[];
}

/** Writes the reports of comparisons, and says how the run ends. */
export async function tellComparisons(
  finished: readonly FinishedComparison[],
  { targets, all }: Comparing,
  { color = false }: CommandContext,
): Promise<ToldComparisons> {
  const reports = finished.flatMap(({ report }) => (report === undefined ? [] : [report]));
  const delivered =
    reports.length === 0
      ? { text: "", diagnostics: [] }
      : await deliverReports(reports, targets, { color, all }, process.env);
  const told = [
    ...finished.flatMap((one) => one.reports),
    { diagnostics: delivered.diagnostics, source: undefined },
  ];
  const json = JSON.parse(renderReports(reports, "json")) as { readonly reports: unknown[] };
  const codes = finished.map(exitCodeOf);
  if (delivered.diagnostics.length > 0) codes.push(EXIT.brokenInput);
  return {
    exitCode: worstExit(codes),
    text: delivered.text,
    reports: told,
    results: json.reports,
  };
}

function exitCodeOf({ report, reports }: FinishedComparison): ExitCode {
  if (report === undefined) return exitCodeOfErrors(reports);
  return isFailing(report) ? EXIT.drift : EXIT.clean;
}

/**
 * Of several results the one that a run ends with: what is broken has to be mended first; drift that was found is
 * certain, whatever else could not be fetched.
 */
export function worstExit(codes: readonly ExitCode[]): ExitCode {
  const order = [EXIT.brokenInput, EXIT.drift, EXIT.notFetched] as const;
  return order.find((code) => codes.includes(code)) ?? EXIT.clean;
}
