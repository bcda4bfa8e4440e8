import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { printDiagnostics } from "../diagnostics/print.js";
import type { Source } from "../document/source.js";
import type { Terminal } from "./command.js";

/** Findings and the document that they are about. */
export interface Report {
  readonly diagnostics: readonly Diagnostic[];
  readonly source: Source | undefined;
}

/** Prints findings where findings belong. */
export function report(
  terminal: Terminal,
  diagnostics: readonly Diagnostic[],
  source?: Source,
): void {
  const text = printDiagnostics(diagnostics, source, { color: terminal.color });
  if (text !== "") terminal.err(text);
}
