import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../document/source.js";
import type { Comparison, Finding } from "./finding.js";

/** From which level on a run fails: at any finding, at what cannot be decided, or only at what breaks. */
export type FailOn = "breaking" | "undecidable" | "any";
/** Which of the two verdicts of a finding counts. */
export type CountedVerdict = "wire" | "source" | "both";

/** What decides whether a run fails. */
export interface Gate {
  readonly failOn: FailOn;
  readonly verdict: CountedVerdict;
}

/** A finding that somebody has accepted, and why. */
export interface AcceptedFinding {
  readonly finding: Finding;
  readonly reason: string;
  readonly author: string | undefined;
  /** A day as `YYYY-MM-DD`; it is accepted up to its end in UTC. */
  readonly expires: string | undefined;
}

/** By how much the version of a client has to rise (Semantic Versioning 2.0.0). */
export type VersionStep = "major" | "minor" | "patch" | "none";

/** The texts in which the places of findings are; empty where no report shows them. */
export interface ComparedFiles {
  /** Files of the old document, found by the `path` that places have as `file`. */
  readonly old: readonly SourceFile[];
  readonly new: readonly SourceFile[];
}

/** Everything that a report tells about one comparison. */
export interface DriftReport {
  /** The service, or how else the comparison is called among others. */
  readonly name: string;
  readonly comparison: Comparison;
  readonly files: ComparedFiles;
  /** Those of the comparison that nobody has accepted, in the same order. */
  readonly findings: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
  /** What is wrong with the acceptance file: entries that accept nothing, and expired ones. */
  readonly problems: readonly Diagnostic[];
  readonly gate: Gate;
  /** The findings because of which the run fails. */
  readonly failing: readonly Finding[];
  readonly advice: VersionStep;
}
