import { jsonReport } from "../diagnostics/json-report.js";
import type { Report } from "../diagnostics/located.js";
import { VALUE } from "./given.js";
import type { Diagnostic } from "./types.js";

/** The name of the configuration that options are put in; findings are about the options. */
export const OPTIONS = "(options)";

/** Findings as programs get them. */
export function diagnosticsOf(reports: readonly Report[]): readonly Diagnostic[] {
  return jsonReport(reports).diagnostics;
}

/** The same, where nothing is on disk: what was given as a value has no lines that its owner knows. */
export function givenDiagnostics(reports: readonly Report[]): readonly Diagnostic[] {
  return diagnosticsOf(reports).map(asGiven);
}

function asGiven(diagnostic: Diagnostic): Diagnostic {
  const { file = "", pointer = "" } = diagnostic;
  if (file === VALUE) return inValue(diagnostic, `/document${pointer}`);
  if (!file.endsWith(OPTIONS)) return diagnostic;
  return inValue(diagnostic, `/options${pointer.replace(/^\/services\/client(?=\/|$)/, "")}`);
}

function inValue(diagnostic: Diagnostic, pointer: string): Diagnostic {
  const { code, severity, strict, message, hint, explain } = diagnostic;
  return {
    code,
    severity,
    ...(strict === undefined ? {} : { strict }),
    message,
    hint,
    pointer,
    explain,
  };
}
