import { accept } from "./accept/accept.js";
import type { Acceptance } from "./accept/acceptance.js";
import { adviceFor, failingFindings } from "./advice.js";
import type { ComparedFiles, DriftReport, Gate } from "./drift-report.js";
import type { Comparison } from "./finding.js";

/** What a comparison is judged by. */
export interface Assessment {
  /** The service, or how else the comparison is called among others. */
  readonly name: string;
  readonly files: ComparedFiles;
  /** `undefined` where there is no acceptance file. */
  readonly acceptance: Acceptance | undefined;
  readonly gate: Gate;
  /** The current day in UTC, as `YYYY-MM-DD`: entries of the acceptance file expire. */
  readonly today: string;
}

/** Judges a comparison: what is accepted, what fails the run, and which version the client should get. */
export function assess(
  comparison: Comparison,
  { name, files, acceptance, gate, today }: Assessment,
): DriftReport {
  const { open, accepted, problems } = accept(comparison.findings, acceptance, today);
  return {
    name,
    comparison,
    files,
    findings: open,
    accepted,
    problems,
    gate,
    failing: failingFindings(open, gate),
    advice: adviceFor(comparison.findings),
  };
}
