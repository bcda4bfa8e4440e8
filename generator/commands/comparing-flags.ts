import type { CountedVerdict, FailOn } from "../drift/drift-report.js";

/* What the command line has to know of the commands that compare, which are only loaded where they run. */

/** The levels from which on a run can fail, and the verdicts that can decide. */
export const FAIL_ON: readonly FailOn[] = ["breaking", "undecidable", "any"];
export const VERDICTS: readonly CountedVerdict[] = ["wire", "source", "both"];

/** What `diff`, `drift` and `pull` have in common on the command line. */
export interface ComparingFlags {
  /** `FORMAT` or `FORMAT=FILE`. */
  readonly report?: readonly string[] | undefined;
  readonly failOn?: FailOn | undefined;
  readonly verdict?: CountedVerdict | undefined;
  readonly docs?: boolean | undefined;
  readonly all?: boolean | undefined;
  /** Why what fails is accepted from now on. */
  readonly because?: string | undefined;
  readonly author?: string | undefined;
  readonly expires?: string | undefined;
  /** Globs of the user's own code. */
  readonly usages?: readonly string[] | undefined;
  readonly allowPrivate?: boolean | undefined;
  readonly offline?: boolean | undefined;
}
