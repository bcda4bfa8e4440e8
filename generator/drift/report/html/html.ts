import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { visible } from "../../../diagnostics/quoted.js";
import { isFailing } from "../../advice.js";
import type { AcceptedFinding, DriftReport } from "../../drift-report.js";
import type { DocumentLabel, Finding, FindingPlace } from "../../finding.js";
import { ruleOf } from "../../rules.js";
import {
  adviceText,
  countsOf,
  gateText,
  headline,
  methodText,
  readable,
  whereText,
} from "../tell.js";
import { createExcerpts, type Excerpts } from "./excerpts.js";
import type { PageData, PageDocument, PageFinding, PagePlace, PageReport } from "./page-data.js";

/** How many operations of a finding the page has. */
const PLACES = 200;

/**
 * Reports as one page that needs nothing else: style, script and data are in it, and its policy lets no browser fetch
 * anything or run another script.
 */
export function htmlReport(reports: readonly DriftReport[]): string {
  const style = asset("page.css");
  const script = asset("page.js");
  const heads = reports.map((report) => `${report.name}: ${headline(countsOf(report))}`);
  const policy = [
    "default-src 'none'",
    `style-src '${digest(style)}'`,
    `script-src '${digest(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Drift: ${html(heads.join("; "))}</title>
<style>${style}</style>
</head>
<body>
<noscript>
<h1>Drift</h1>
${heads.map((head) => `<p>${html(head)}</p>`).join("\n")}
<p>This page needs its script to list the findings; the text report has them, too.</p>
</noscript>
<script type="application/json" id="data">${json(pageData(reports))}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

/** A file beside this one. */
function asset(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8").replaceAll("\r\n", "\n");
}

/** What a policy allows a script or style by (CSP Level 3, 2.3.1: hash-source). */
function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** The only way in which text gets into the markup, be it of an element or of an attribute. */
function html(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

/** The only way in which data gets into the page: no `<` is left that could end the element or open a comment in it. */
function json(data: PageData): string {
  return visible(JSON.stringify(data)).replaceAll("<", "\\u003c");
}

function pageData(reports: readonly DriftReport[]): PageData {
  return { reports: reports.map(pageReport) };
}

function pageReport(report: DriftReport): PageReport {
  const { name, comparison, findings, accepted, gate, advice, problems, files } = report;
  const excerpts = createExcerpts(files);
  const told = [
    ...findings.map((finding) => pageFinding(finding, excerpts)),
    ...accepted.map((found) => acceptedFinding(found, excerpts)),
  ];
  return {
    name: visible(name),
    old: pageDocument(comparison.old, comparison.operations.old),
    new: pageDocument(comparison.new, comparison.operations.new),
    failed: isFailing(report),
    verdict: findings.length === 0 ? [] : [gateText(countsOf(report), gate), adviceText(advice)],
    counted: gate.verdict,
    files: excerpts.files(),
    findings: told,
    problems: problems.map(({ message, place }) => {
      const where = place !== undefined && "line" in place ? place : undefined;
      return where === undefined
        ? message
        : visible(`${where.file.path}:${where.line}: ${message}`);
    }),
  };
}

function pageDocument({ location, version }: DocumentLabel, operations: number): PageDocument {
  return { location: visible(location), version: visible(version), operations };
}

function pageFinding(finding: Finding, excerpts: Excerpts): PageFinding {
  const { rule, wire, source, direction, message, hint, fingerprint, places, usages } = finding;
  const { title, meaning } = ruleOf(rule);
  return {
    rule,
    title,
    meaning,
    wire,
    source,
    direction: direction ?? "",
    message: visible(message),
    hint: visible(hint),
    fingerprint,
    places: places.slice(0, PLACES).map(pagePlace),
    morePlaces: Math.max(0, places.length - PLACES),
    usages: (usages ?? []).map(({ file, line, column, text }) => ({
      spot: visible(`${file}:${line}:${column}`),
      text: visible(text),
    })),
    ...excerpts.of(finding),
  };
}

function acceptedFinding(
  { finding, reason, author, expires }: AcceptedFinding,
  excerpts: Excerpts,
): PageFinding {
  const by = [author, expires === undefined ? undefined : `until ${expires}`];
  return {
    ...pageFinding(finding, excerpts),
    accepted: {
      reason: visible(reason),
      by: visible(by.filter((text) => text !== undefined).join(", ")),
    },
  };
}

function pagePlace(place: FindingPlace): PagePlace {
  return {
    method: visible(readable(place.method)),
    path: visible(readable(place.path)),
    name: visible(methodText(place) ?? ""),
    where: visible(whereText(place)),
  };
}
