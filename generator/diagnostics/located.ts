import { compareText } from "../document/json.js";
import type { Source } from "../document/source.js";
import type { Diagnostic, TextPlace } from "./diagnostic.js";
import { createLocator, type Locator } from "./locate.js";

/** A finding and the place in a file that is meant. */
export interface LocatedDiagnostic {
  readonly diagnostic: Diagnostic;
  /** Empty where the finding is about no file. */
  readonly path: string;
  /** `undefined` where it is about a file or folder as a whole. */
  readonly place: TextPlace | undefined;
}

/** Findings and the document that they are about. */
export interface Report {
  readonly diagnostics: readonly Diagnostic[];
  /** The document whose pointers the places mean; without one only places by position have a line. */
  readonly source: Source | undefined;
  /** What stands before the findings, where there are any. Default: nothing. */
  readonly title?: string;
  /** How many warnings are not told, because the configuration allows them. Default: none. */
  readonly allowed?: number;
}

/** Findings in the order of file, line and column, identical ones once. */
export function locateAll(
  { diagnostics, source }: Report,
  locator: Locator = createLocator(source),
): readonly LocatedDiagnostic[] {
  const located = diagnostics.map((diagnostic) => {
    const place = diagnostic.place === undefined ? undefined : locator.ofPlace(diagnostic.place);
    return { diagnostic, place, path: pathOf(diagnostic, place, source) };
  });
  const unique = new Map(located.map((item) => [identity(item), item]));
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

function identity({ diagnostic, path, place }: LocatedDiagnostic): string {
  const { code, severity, message } = diagnostic;
  return [path, place?.line, place?.column, severity, code, message].join("\n");
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
