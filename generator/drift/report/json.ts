import { jsonReport } from "../../diagnostics/json-report.js";
import { isFailing } from "../advice.js";
import type { AcceptedFinding, DriftReport } from "../drift-report.js";
import type {
  DocumentLabel,
  Finding,
  FindingPlace,
  FindingSpot,
  TextDifference,
} from "../finding.js";
import { valuePathText } from "../position.js";
import { positionText } from "../position-text.js";
import { jsonText } from "./json-text.js";
import { countsOf } from "./tell.js";
import { isSmall } from "./value-text.js";

/** Reports for programs; `report-schema.json` beside this file says what is in them. Texts are as the documents have them. */
export function jsonReports(reports: readonly DriftReport[]): string {
  return jsonText({ version: 1, reports: reports.map(reportValue) });
}

function reportValue(report: DriftReport): unknown {
  const { name, comparison, gate, advice, problems, accepted } = report;
  const failing = new Set(report.failing);
  return {
    name,
    old: documentValue(comparison.old, comparison.operations.old),
    new: documentValue(comparison.new, comparison.operations.new),
    gate,
    failed: isFailing(report),
    advice,
    counts: countsOf(report),
    findings: report.findings.map((finding) => ({
      ...findingValue(finding),
      fails: failing.has(finding),
    })),
    accepted: accepted.map(acceptedValue),
    problems: jsonReport([{ diagnostics: problems, source: undefined }]).diagnostics,
    texts: comparison.texts.map(textValue),
  };
}

function documentValue(
  { location, title, version, hash }: DocumentLabel,
  operations: number,
): unknown {
  return { location, title, version, hash, operations };
}

function findingValue(finding: Finding): object {
  const { rule, wire, source, direction, message, hint, fingerprint, usages } = finding;
  return {
    rule,
    wire,
    source,
    direction,
    message,
    hint,
    fingerprint,
    old: spotValue(finding.old),
    new: spotValue(finding.new),
    places: finding.places.map(placeValue),
    usages,
  };
}

function acceptedValue({ finding, reason, author, expires }: AcceptedFinding): unknown {
  return { ...findingValue(finding), acceptance: { reason, author, expires } };
}

/** Members that are `undefined` are not printed. */
function spotValue(spot: FindingSpot | undefined): unknown {
  if (spot === undefined) return undefined;
  const { file, line, column, pointer, value } = spot;
  const known = value === undefined ? {} : isSmall(value) ? { value } : { valueOmitted: true };
  return { file, line, column, pointer, ...known };
}

function placeValue(place: FindingPlace): unknown {
  const { method, path, operationId, name, newName, position, valuePath } = place;
  return {
    method,
    path,
    operationId,
    name,
    newName,
    position: positionText(position),
    valuePath: valuePathText(valuePath),
  };
}

function textValue({ what, old, new: now }: TextDifference): unknown {
  return { what, old: spotValue(old), new: spotValue(now) };
}
