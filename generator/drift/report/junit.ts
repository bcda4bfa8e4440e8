import { visible } from "../../diagnostics/quoted.js";
import type { DriftReport, Gate } from "../drift-report.js";
import type { Finding } from "../finding.js";
import { groupBy } from "../../document/json.js";
import { ruleOf } from "../rules.js";
import { adviceText, countsOf, headline, sentence, spotsText, verdictsText } from "./tell.js";

/**
 * Reports as JUnit XML: a suite for each comparison, and in it a test case for each rule that has findings. It fails
 * where one of them fails the run.
 */
export function junitReport(reports: readonly DriftReport[]): string {
  const suites = reports.map(suiteOf);
  const tests = reports.reduce((sum, report) => sum + rulesOf(report).length, 0);
  const failures = reports.reduce((sum, report) => sum + failingRules(report).size, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="driftline" tests="${tests}" failures="${failures}" errors="0">`,
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

/** What is a test case: a rule with its findings, or that there are none. */
function rulesOf({ findings }: DriftReport): readonly (readonly [string, readonly Finding[]])[] {
  const groups = [...groupBy(findings, ({ rule }) => rule)];
  return groups.length === 0 ? [["no-drift", []]] : groups;
}

function failingRules({ failing }: DriftReport): ReadonlySet<string> {
  return new Set(failing.map(({ rule }) => rule));
}

function suiteOf(report: DriftReport): string {
  const rules = rulesOf(report);
  const { size } = failingRules(report);
  const counts = `tests="${rules.length}" failures="${size}" errors="0" skipped="0"`;
  return [
    `  <testsuite name="${xml(report.name)}" ${counts}>`,
    ...rules.map(([rule, findings]) => caseOf(report, rule, findings)),
    `    <system-out>${xml(`${headline(countsOf(report))}. ${adviceText(report.advice)}`)}</system-out>`,
    "  </testsuite>",
  ].join("\n");
}

function caseOf(report: DriftReport, rule: string, findings: readonly Finding[]): string {
  const start = `    <testcase name="${xml(rule)}" classname="${xml(report.name)}"`;
  if (findings.length === 0) return `${start} />`;
  const failing = report.failing.filter((finding) => finding.rule === rule);
  const told = failing.length === 0 ? findings : failing;
  const text = told.map((finding) => storyOf(finding, report.gate)).join("\n\n");
  const inner =
    failing.length === 0
      ? `<system-out>${text}</system-out>`
      : `<failure type="${xml(rule)}" message="${xml(failureText(failing))}">${text}</failure>`;
  return [`${start}>`, `      ${inner}`, "    </testcase>"].join("\n");
}

function failureText(findings: readonly Finding[]): string {
  const [first] = findings;
  if (first === undefined) return "";
  const title = ruleOf(first.rule).title;
  return findings.length === 1 ? sentence(first) : `${title}, ${findings.length} times`;
}

/** A finding on several lines, as they stand in the report. */
function storyOf(finding: Finding, gate: Gate): string {
  const spots = spotsText(finding);
  return [
    sentence(finding),
    [verdictsText(finding, gate), spots, finding.fingerprint]
      .filter((text) => text !== "")
      .join("; "),
    finding.hint,
  ]
    .map(xml)
    .join("\n");
}

/** The five characters that mean something in XML; of texts in elements and in attributes alike. */
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/**
 * The only way in which text gets into the report. What XML 1.0 has no characters for (2.2: most control characters,
 * surrogates, U+FFFE and U+FFFF) becomes visible as an escape, and so do line breaks.
 */
function xml(text: string): string {
  return visible(text)
    .replaceAll("\ufffe", "\\ufffe")
    .replaceAll("\uffff", "\\uffff")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
