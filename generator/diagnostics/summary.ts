import type { LocatedDiagnostic } from "./located.js";

/** How many findings there are of each kind. */
export interface Counts {
  readonly errors: number;
  /** How many of the errors are warnings that the user wants to be errors. */
  readonly strict: number;
  readonly warnings: number;
}

/** Counts findings by kind. */
export function countFindings(located: readonly LocatedDiagnostic[]): Counts {
  const findings = located.map(({ diagnostic }) => diagnostic);
  return {
    errors: findings.filter(({ severity }) => severity === "error").length,
    strict: findings.filter(({ isStrict }) => isStrict === true).length,
    warnings: findings.filter(({ severity }) => severity === "warning").length,
  };
}
