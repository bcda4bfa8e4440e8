import { visible } from "../../diagnostics/quoted.js";
import { levelOf } from "../advice.js";
import type { AcceptedFinding, DriftReport } from "../drift-report.js";
import type { Finding, FindingPlace, FindingSpot } from "../finding.js";
import type { Level } from "../level.js";
import { ruleOf } from "../rules.js";
import { jsonText } from "./json-text.js";
import { localSpot, methodText, operationText, sentence } from "./tell.js";

const LEVELS: Readonly<Record<Level, string>> = {
  breaking: "error",
  undecidable: "warning",
  safe: "note",
};

/** How many operations one result names. */
const LOGICAL_LOCATIONS = 20;

/**
 * Reports as SARIF 2.1.0: a run for each comparison, told apart by its automation id. Findings that are accepted are
 * results that are suppressed.
 */
export function sarifReport(reports: readonly DriftReport[]): string {
  return jsonText({
    $schema:
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: reports.map(runOf),
  });
}

function runOf(report: DriftReport): unknown {
  const { findings, accepted, comparison, name } = report;
  const told = [...findings, ...accepted.map(({ finding }) => finding)];
  const rules = [...new Set(told.map(({ rule }) => rule))].sort();
  return {
    tool: { driver: { name: "driftline", rules: rules.map(descriptorOf) } },
    automationDetails: { id: `driftline/${encodeURIComponent(name.toWellFormed())}/` },
    columnKind: "utf16CodeUnits",
    results: [
      ...findings.map((finding) => resultOf(report, rules, finding)),
      ...accepted.map((found) => ({
        ...resultOf(report, rules, found.finding),
        suppressions: [suppressionOf(found)],
      })),
    ],
    properties: {
      old: visible(comparison.old.location),
      new: visible(comparison.new.location),
      advice: report.advice,
    },
  };
}

function descriptorOf(id: Finding["rule"]): unknown {
  const { title, meaning, hint } = ruleOf(id);
  return {
    id,
    shortDescription: { text: message(title) },
    fullDescription: { text: message(meaning) },
    help: { text: message(`${meaning} ${hint}`) },
  };
}

function resultOf(
  { gate }: DriftReport,
  rules: readonly Finding["rule"][],
  finding: Finding,
): object {
  const { rule, wire, source, direction, places, hint, fingerprint } = finding;
  const primary = localSpot(finding) ?? finding.new ?? finding.old;
  const other = primary === finding.old ? finding.new : finding.old;
  const logical = logicalLocations(places);
  const physical = primary === undefined ? {} : { physicalLocation: physicalLocation(primary) };
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: LEVELS[levelOf(finding, gate.verdict)],
    message: { text: message(sentence(finding)) },
    locations: [{ ...physical, ...(logical.length === 0 ? {} : { logicalLocations: logical }) }],
    ...(other === undefined
      ? {}
      : {
          relatedLocations: [
            {
              id: 1,
              physicalLocation: physicalLocation(other),
              message: { text: other === finding.old ? "the old document" : "the new document" },
            },
          ],
        }),
    partialFingerprints: { "driftline/v1": fingerprint },
    properties: { wire, source, ...(direction === undefined ? {} : { direction }), hint },
  };
}

function logicalLocations(places: readonly FindingPlace[]): readonly unknown[] {
  const names = new Set(places.map((place) => methodText(place) ?? operationText(place)));
  return [...names]
    .slice(0, LOGICAL_LOCATIONS)
    .map((name) => ({ fullyQualifiedName: visible(name), kind: "member" }));
}

function physicalLocation({ file, line, column }: FindingSpot): unknown {
  return {
    artifactLocation: { uri: uriOf(file) },
    region: { startLine: line, startColumn: column },
  };
}

/** A URI reference (RFC 3986, 4.1): a path is percent-encoded segment by segment, a URL is one already. */
function uriOf(file: string): string {
  if (/^https?:\/\//i.test(file) && URL.canParse(file)) return new URL(file).href;
  // Two slashes at the start would name a host (RFC 3986, 4.2).
  const path = file
    .replace(/^(?:\.\/)+/, "")
    .replace(/^\/+/, "/")
    .toWellFormed();
  return path.split("/").map(encodeURIComponent).join("/");
}

function suppressionOf({ reason, author, expires }: AcceptedFinding): unknown {
  const properties = {
    ...(author === undefined ? {} : { author: visible(author) }),
    ...(expires === undefined ? {} : { expires }),
  };
  return { kind: "external", status: "accepted", justification: visible(reason), properties };
}

/**
 * The only way in which text gets into a message. Braces are those of placeholders and brackets those of links, unless
 * they are doubled and escaped (SARIF 2.1.0, 3.11.5 and 3.11.6).
 */
function message(text: string): string {
  return visible(text)
    .replace(/[{}]/g, (brace) => brace + brace)
    .replace(/[\\[\]]/g, (character) => `\\${character}`);
}
