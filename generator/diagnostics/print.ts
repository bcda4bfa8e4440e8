import picocolors from "picocolors";
import { compareText, groupBy } from "../document/json.js";
import type { Source } from "../document/source.js";
import type { Diagnostic, Severity, TextPlace } from "./diagnostic.js";
import { codeFrame } from "./frame.js";
import { createLocator } from "./locate.js";
import { visiblePath } from "./quoted.js";

/** Findings of one code that are shown in full; of the others only the place is listed. */
const SHOWN_IN_FULL = 5;
const LISTED_PLACES = 20;

interface LocatedDiagnostic {
  readonly diagnostic: Diagnostic;
  readonly path: string;
  readonly place: TextPlace | undefined;
}

/**
 * Findings as text for a terminal or a log, ordered by file, line and column, identical ones once, with a
 * summary at the end. Empty text when there is nothing to tell.
 *
 * @param source the document whose pointers the places mean; without one only places by position have a line
 */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  source: Source | undefined,
  options: { readonly color: boolean },
): string {
  if (diagnostics.length === 0) return "";
  const colors = picocolors.createColors(options.color);
  const located = locateAll(diagnostics, source);
  const groups = [...groupBy(located, ({ diagnostic }) => diagnostic.code).values()];
  const shown = new Set(groups.flatMap((items) => items.slice(0, SHOWN_IN_FULL)));
  const full = located.filter((item) => shown.has(item)).map((item) => fullText(item, colors));
  const brief = groups.flatMap((items) => briefText(items.slice(SHOWN_IN_FULL), colors));
  return `${[...full, ...brief, summary(located)].join("\n\n")}\n`;
}

/** `2 errors, 14 warnings` */
function countText(counts: Readonly<Record<Severity, number>>): string {
  const parts = (["error", "warning"] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} ${severity}${counts[severity] === 1 ? "" : "s"}`);
  return parts.join(", ");
}

function locateAll(
  diagnostics: readonly Diagnostic[],
  source: Source | undefined,
): readonly LocatedDiagnostic[] {
  const locator = createLocator(source);
  const located = diagnostics.map((diagnostic) => {
    const place = diagnostic.place === undefined ? undefined : locator.ofPlace(diagnostic.place);
    return { diagnostic, place, path: pathOf(diagnostic, place, source) };
  });
  const unique = new Map(located.map((item) => [heading(item), item]));
  return [...unique.values()].sort(compareLocated);
}

function pathOf(
  { place }: Diagnostic,
  position: TextPlace | undefined,
  source: Source | undefined,
): string {
  if (position !== undefined) return position.file.path;
  if (place !== undefined && "path" in place) return place.path;
  return place === undefined ? "" : (source?.file.path ?? "");
}

function compareLocated(left: LocatedDiagnostic, right: LocatedDiagnostic): number {
  return (
    compareText(left.path, right.path) ||
    (left.place?.line ?? 0) - (right.place?.line ?? 0) ||
    (left.place?.column ?? 0) - (right.place?.column ?? 0) ||
    compareText(left.diagnostic.code, right.diagnostic.code) ||
    compareText(left.diagnostic.message, right.diagnostic.message)
  );
}

type Colors = ReturnType<typeof picocolors.createColors>;

function fullText(item: LocatedDiagnostic, colors: Colors): string {
  const { code, severity, message, hint } = item.diagnostic;
  const label =
    severity === "error"
      ? colors.red(`${severity}[${code}]`)
      : colors.yellow(`${severity}[${code}]`);
  const frame = item.place === undefined ? [] : [codeFrame(item.place)];
  return [
    `${position(item)}${label}: ${message}`,
    ...frame,
    `${colors.cyan("hint")}: ${hint}`,
  ].join("\n");
}

function heading(item: LocatedDiagnostic): string {
  const { code, severity, message } = item.diagnostic;
  return `${position(item)}${severity}[${code}]: ${message}`;
}

function position({ path, place }: LocatedDiagnostic): string {
  if (path === "") return "";
  return place === undefined
    ? `${visiblePath(path)}: `
    : `${visiblePath(path)}:${place.line}:${place.column}: `;
}

function briefText(items: readonly LocatedDiagnostic[], colors: Colors): readonly string[] {
  const [first] = items;
  if (first === undefined) return [];
  const { code, severity } = first.diagnostic;
  const title = colors.bold(`${items.length} more: ${severity}[${code}]`);
  const places = items
    .slice(0, LISTED_PLACES)
    .map((item) => `  ${position(item).replace(/: $/, "")}`);
  const left = items.length - places.length;
  return [[title, ...places, ...(left > 0 ? [`  and ${left} more`] : [])].join("\n")];
}

function summary(items: readonly LocatedDiagnostic[]): string {
  const count = (severity: Severity): number =>
    items.filter(({ diagnostic }) => diagnostic.severity === severity).length;
  return countText({ error: count("error"), warning: count("warning") });
}
