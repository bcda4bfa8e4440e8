import { diagnostic, type DiagnosticCode } from "./codes.js";
import { hasErrors, type Diagnostic, type TextPlace } from "./diagnostic.js";

/** What the user makes of warnings. */
export interface WarningPolicy {
  /** Whether warnings are errors. */
  readonly strict: boolean;
  /** Warnings that are known and accepted. */
  readonly allow: readonly AllowedCode[];
}

export interface AllowedCode {
  readonly code: DiagnosticCode;
  /** Where the configuration says so; `undefined` on the command line. */
  readonly place?: TextPlace;
  /** Whether it is meant for several documents, of which some may not have the warning. Default: no. */
  readonly isForSeveral?: boolean;
}

/** Findings after a policy. */
export interface Judged {
  readonly diagnostics: readonly Diagnostic[];
  /** How many warnings were allowed, and so are not told. */
  readonly allowed: number;
}

/**
 * Leaves out what is allowed, tells of what is allowed in vain, and makes errors of warnings where that is wanted. After
 * an error not everything was looked at, so that nothing can be said to be allowed in vain.
 */
export function judge(findings: readonly Diagnostic[], { strict, allow }: WarningPolicy): Judged {
  const codes = new Set(allow.map(({ code }) => code));
  const isAllowed = ({ code, severity }: Diagnostic): boolean =>
    severity === "warning" && codes.has(code);
  const found = new Set(findings.map(({ code }) => code));
  const isUnused = ({ code, isForSeveral = false }: AllowedCode): boolean =>
    !found.has(code) && !isForSeveral;
  const unused = hasErrors(findings) ? [] : allow.filter(isUnused);
  const told = [...findings.filter((finding) => !isAllowed(finding)), ...unused.map(unneeded)];
  return {
    diagnostics: strict ? told.map(strictly) : told,
    allowed: findings.filter(isAllowed).length,
  };
}

function strictly(finding: Diagnostic): Diagnostic {
  return finding.severity === "error" ? finding : { ...finding, severity: "error", isStrict: true };
}

function unneeded({ code, place }: AllowedCode): Diagnostic {
  return diagnostic("unused-exception", {
    message: `The warning ${code} is allowed, but does not come up.`,
    hint: "Remove the exception, so that the warning is told when it comes back.",
    ...(place === undefined ? {} : { place }),
  });
}
