import type { CountedVerdict, DriftReport, Gate, VersionStep } from "./drift-report.js";
import type { Finding } from "./finding.js";
import { worstLevel, type Level } from "./level.js";
import type { RuleId } from "./rules.js";

/** How bad a finding is by the verdict that counts: the worse one where both do. */
export function levelOf({ wire, source }: Finding, verdict: CountedVerdict): Level {
  if (verdict === "both") return worstLevel([wire, source]);
  return verdict === "wire" ? wire : source;
}

/** The findings because of which a run fails, in the same order. */
export function failingFindings(
  findings: readonly Finding[],
  { failOn, verdict }: Gate,
): readonly Finding[] {
  if (failOn === "any") return findings;
  return findings.filter((finding) => {
    const level = levelOf(finding, verdict);
    return level === "breaking" || (level === "undecidable" && failOn === "undecidable");
  });
}

/**
 * Whether a run fails: because of findings, or, where any drift counts, because the acceptance file says something that
 * is not so.
 */
export function isFailing({ failing, gate, problems }: DriftReport): boolean {
  return failing.length > 0 || (gate.failOn === "any" && problems.length > 0);
}

/**
 * By how much the version of a client has to rise (Semantic Versioning 2.0.0, 6 to 8). Both verdicts count, whatever
 * decides the exit code: a caller is as broken by a server that refuses a call as by code that does not compile. What
 * cannot be decided and what is added are new to callers; the rest is not seen.
 *
 * @param findings accepted ones too: that a team knows of a change spares no caller
 */
export function adviceFor(findings: readonly Finding[]): VersionStep {
  if (findings.length === 0) return "none";
  const worst = worstLevel(findings.map((finding) => levelOf(finding, "both")));
  if (worst === "breaking") return "major";
  return worst === "undecidable" || findings.some(isAddition) ? "minor" : "patch";
}

function isAddition({ rule, old, new: now }: Finding): boolean {
  return (old === undefined && now !== undefined) || RENAMES.has(rule);
}

/** What leaves a deprecated name behind, where it breaks nobody: a new name came, and another is marked (7). */
const RENAMES: ReadonlySet<RuleId> = new Set<RuleId>([
  "class-renamed",
  "deprecated",
  "export-renamed",
  "method-moved",
  "method-renamed",
  "operation-id-changed",
  "schema-renamed",
  "tag-changed",
  "tag-renamed",
  "value-deprecated",
]);
