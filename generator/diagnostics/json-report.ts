import type { Diagnostic } from "./diagnostic.js";
import { createFramer } from "./frame.js";
import { createLocator, type Locator } from "./locate.js";
import { locateAll, type LocatedDiagnostic, type Report } from "./located.js";
import { countFindings, type Counts } from "./summary.js";

/** A finding as programs read it; `report-schema.json` beside the commands says the same. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: Diagnostic["severity"];
  /** Present where it is a warning that the user wants to be an error. */
  readonly strict?: true;
  readonly message: string;
  readonly hint: string;
  /** As the user named it, or relative to the working directory. Absent where the finding is about no file. */
  readonly file?: string;
  /** From 1; absent where the finding is about a file or folder as a whole. */
  readonly line?: number;
  /** From 1, in UTF-16 units. */
  readonly column?: number;
  /** JSON pointer of the place in that file. */
  readonly pointer?: string;
  /** The lines around the place, as a terminal shows them. */
  readonly frame?: string;
  /** A command that tells more. */
  readonly explain: string;
}

/** Findings for programs, and how many they are. */
export function jsonReport(reports: readonly Report[]): {
  readonly diagnostics: readonly JsonDiagnostic[];
  readonly summary: Counts & { readonly allowed: number };
} {
  const located = reports.map((report) => {
    const locator = createLocator(report.source);
    return { locator, items: locateAll(report, locator) };
  });
  const allowed = reports.reduce((sum, report) => sum + (report.allowed ?? 0), 0);
  return {
    diagnostics: located.flatMap(({ items, locator }) => jsonDiagnostics(items, locator)),
    summary: { ...countFindings(located.flatMap(({ items }) => items)), allowed },
  };
}

function jsonDiagnostics(
  located: readonly LocatedDiagnostic[],
  locator: Locator,
): readonly JsonDiagnostic[] {
  const frame = createFramer();
  return located.map(({ diagnostic, path, place }) => {
    const { code, severity, isStrict, message, hint } = diagnostic;
    const pointer =
      diagnostic.place === undefined ? undefined : locator.pointerOf(diagnostic.place);
    return {
      code,
      severity,
      ...(isStrict === true ? { strict: true as const } : {}),
      message,
      hint,
      ...(path === "" ? {} : { file: path }),
      ...(place === undefined
        ? {}
        : { line: place.line, column: place.column, frame: frame(place) }),
      ...(pointer === undefined ? {} : { pointer }),
      explain: `driftline explain ${code}`,
    };
  });
}
