import { createHash } from "node:crypto";
import { visible } from "../../diagnostics/quoted.js";
import { levelOf } from "../advice.js";
import type { DriftReport } from "../drift-report.js";
import type { Finding, FindingSpot } from "../finding.js";
import type { Level } from "../level.js";
import { jsonText } from "./json-text.js";
import { localSpot, sentence } from "./tell.js";

const SEVERITIES: Readonly<Record<Level, string>> = {
  breaking: "critical",
  undecidable: "major",
  safe: "info",
};

/**
 * Reports for the code quality widget of GitLab. It shows places of the repository only, so that a finding has the one
 * that is there; two findings with the same fingerprint would be one to it.
 */
export function gitlabReport(reports: readonly DriftReport[]): string {
  return jsonText(
    reports.flatMap((report) => report.findings.map((finding) => issueOf(report, finding))),
  );
}

function issueOf({ name, gate }: DriftReport, finding: Finding): unknown {
  const spot = localSpot(finding) ?? finding.new ?? finding.old;
  return {
    description: visible(sentence(finding)),
    check_name: `driftline/${finding.rule}`,
    fingerprint: createHash("sha256").update(`${name}\n${finding.fingerprint}`).digest("hex"),
    severity: SEVERITIES[levelOf(finding, gate.verdict)],
    location: { path: pathOf(spot), lines: { begin: spot?.line ?? 1 } },
  };
}

/** Paths of the repository have no `./`. */
function pathOf(spot: FindingSpot | undefined): string {
  return visible(spot?.file ?? "").replace(/^(?:\.\/)+/, "");
}
