import type { SourceFile } from "../document/source.js";
import type { DiagnosticCode } from "./codes.js";

/** An error ends the run; a warning is reported and generation goes on. */
export type Severity = "error" | "warning";

/** A place known by its JSON pointer (RFC 6901) into the bundled document of a {@link Source}. */
export interface PointerPlace {
  readonly pointer: string;
  /** Whether the caret belongs under the key or under the value at `pointer`. Default: the key. */
  readonly at?: "key" | "value";
}

/** A place known by position, as parsers report it. Lines and columns start at 1; columns count UTF-16 units. */
export interface TextPlace {
  readonly file: SourceFile;
  readonly line: number;
  readonly column: number;
}

/** A file or folder as a whole: one that is missing, unreadable or in the way. */
export interface PathPlace {
  readonly path: string;
}

export type Place = PointerPlace | TextPlace | PathPlace;

/** One finding about a document, a configuration or an output folder. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** A warning by its code, which the user wants to be an error. */
  readonly isStrict?: true;
  /** One sentence in the user's terms: what is wrong. Text of a document is in it only through `quoted`. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  readonly place?: Place;
}

/**
 * What a stage gives back: its value and everything it found. After an error the value is absent; where it is of use all
 * the same, to find what else is wrong, the stage says so.
 */
export interface Outcome<T> {
  readonly value: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** A value together with what was found while making it; with an error among the findings the value is dropped. */
export function outcome<T>(value: T, diagnostics: readonly Diagnostic[] = []): Outcome<T> {
  return { value: hasErrors(diagnostics) ? undefined : value, diagnostics };
}

/** Tells whether any finding is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

/**
 * A computation that yields what it finds on its way to its value. Callers pass findings on with `yield*`,
 * so no stage needs a collector that it writes to.
 */
export type Findings<T> = Generator<Diagnostic, T, void>;

/** Runs a computation to its end and gathers its findings. */
export function collect<T>(findings: Findings<T>): Outcome<T> {
  const diagnostics: Diagnostic[] = [];
  for (;;) {
    const step = findings.next();
    if (step.done === true) return outcome(step.value, diagnostics);
    diagnostics.push(step.value);
  }
}
