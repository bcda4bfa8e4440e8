import picocolors from "picocolors";
import { groupBy } from "../document/json.js";
import type { Source } from "../document/source.js";
import type { Diagnostic } from "./diagnostic.js";
import { createFramer, type CodeFrame } from "./frame.js";
import type { JsonDiagnostic } from "./json-report.js";
import { locateAll, type LocatedDiagnostic, type Report } from "./located.js";
import { visiblePath } from "./quoted.js";
import { countFindings, type Counts } from "./summary.js";

/** Findings of one code that are shown in full; of the others only the place is listed. */
const SHOWN_IN_FULL = 5;
const LISTED_PLACES = 20;

/**
 * Findings as text for a terminal or a log: those of each document by file, line and column, and how many there are.
 * Empty text when there is nothing to tell.
 */
export function printReports(
  reports: readonly Report[],
  options: { readonly color: boolean },
): string {
  const colors = picocolors.createColors(options.color);
  const located = reports.map((report) => locateAll(report));
  const allowed = reports.reduce((sum, report) => sum + (report.allowed ?? 0), 0);
  const summary = summaryText(countFindings(located.flat()), allowed);
  if (summary === "") return "";
  const texts = located.flatMap((items, index) => {
    const title = reports[index]?.title;
    const found = textsOf(items, colors);
    return found.length === 0 || title === undefined ? found : [title, ...found];
  });
  return `${[...texts, summary].join("\n\n")}\n`;
}

/** The findings about one document as text. */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  source: Source | undefined,
  options: { readonly color: boolean },
): string {
  return printReports([{ diagnostics, source }], options);
}

/** The same of findings as programs have them: each in full, in the order in which they are given. */
export function printFindings(
  findings: readonly PrintedFinding[],
  options: { readonly color: boolean },
): string {
  if (findings.length === 0) return "";
  const colors = picocolors.createColors(options.color);
  const count = (isMeant: (finding: PrintedFinding) => boolean): number =>
    findings.filter(isMeant).length;
  const counts = {
    errors: count(({ severity }) => severity === "error"),
    strict: count(({ strict }) => strict === true),
    warnings: count(({ severity }) => severity === "warning"),
  };
  const texts = findings.map((finding) => findingText(finding, colors));
  return `${[...texts, summaryText(counts, 0)].join("\n\n")}\n`;
}

/** What is printed of a finding. */
type PrintedFinding = Pick<
  JsonDiagnostic,
  "code" | "severity" | "strict" | "message" | "hint" | "file" | "line" | "column" | "frame"
>;

type Colors = ReturnType<typeof picocolors.createColors>;

function textsOf(located: readonly LocatedDiagnostic[], colors: Colors): readonly string[] {
  const groups = [...groupBy(located, ({ diagnostic }) => diagnostic.code).values()];
  const shown = new Set(groups.flatMap((items) => items.slice(0, SHOWN_IN_FULL)));
  const frame = createFramer();
  const full = located
    .filter((item) => shown.has(item))
    .map((item) => fullText(item, frame, colors));
  const brief = groups.flatMap((items) => briefText(items.slice(SHOWN_IN_FULL), colors));
  return [...full, ...brief];
}

function fullText(item: LocatedDiagnostic, codeFrame: CodeFrame, colors: Colors): string {
  const { place } = item;
  const finding = printed(item);
  return findingText(
    place === undefined ? finding : { ...finding, frame: codeFrame(place) },
    colors,
  );
}

function printed({ diagnostic, path, place }: LocatedDiagnostic): PrintedFinding {
  const { isStrict, code, severity, message, hint } = diagnostic;
  return {
    ...{ code, severity, message, hint, file: path },
    ...(isStrict === true ? { strict: true } : {}),
    ...(place === undefined ? {} : { line: place.line, column: place.column }),
  };
}

function findingText(finding: PrintedFinding, colors: Colors): string {
  const { severity, message, hint, frame } = finding;
  const label = labelOf(finding);
  return [
    `${position(finding)}${severity === "error" ? colors.red(label) : colors.yellow(label)}: ${message}`,
    ...(frame === undefined ? [] : [frame]),
    `${colors.cyan("hint")}: ${hint}`,
  ].join("\n");
}

function labelOf({ code, severity, strict }: PrintedFinding): string {
  return `${severity}[${code}]${strict === true ? " (strict)" : ""}`;
}

function position({ file = "", line, column }: PrintedFinding): string {
  if (file === "") return "";
  return line === undefined || column === undefined
    ? `${visiblePath(file)}: `
    : `${visiblePath(file)}:${line}:${column}: `;
}

function briefText(items: readonly LocatedDiagnostic[], colors: Colors): readonly string[] {
  const [first] = items;
  if (first === undefined) return [];
  const title = colors.bold(`${items.length} more: ${labelOf(printed(first))}`);
  const places = items
    .slice(0, LISTED_PLACES)
    .map((item) => `  ${position(printed(item)).replace(/: $/, "") || item.diagnostic.message}`);
  const left = items.length - places.length;
  return [[title, ...places, ...(left > 0 ? [`  and ${left} more`] : [])].join("\n")];
}

/** `2 errors, 14 warnings` */
function summaryText({ errors, strict, warnings }: Counts, allowed: number): string {
  const ofStrict = `${strict === errors ? "all" : strict} of them warnings that strict makes errors`;
  return [
    ...(errors > 0 ? [`${plural(errors, "error")}${strict > 0 ? ` (${ofStrict})` : ""}`] : []),
    ...(warnings > 0 ? [plural(warnings, "warning")] : []),
    ...(allowed > 0 ? [`${plural(allowed, "warning")} allowed`] : []),
  ].join(", ");
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
