import picocolors from "picocolors";
import { printDiagnostics } from "../../diagnostics/print.js";
import { visible, visiblePath } from "../../diagnostics/quoted.js";
import { levelOf } from "../advice.js";
import type { DriftReport, Gate } from "../drift-report.js";
import type { Finding, FindingPlace, TextDifference } from "../finding.js";
import type { Level } from "../level.js";
import { ruleOf } from "../rules.js";
import {
  adviceText,
  countsOf,
  gateText,
  groupsOf,
  headline,
  methodText,
  operationText,
  plural,
  spotsText,
  spotText,
  verdictsText,
  versionsText,
  whereText,
  WORST_FIRST,
  type RuleGroup,
} from "./tell.js";

/** How a text report is laid out. */
export interface TextOptions {
  readonly color: boolean;
  /** Whether everything is listed, however much it is. */
  readonly all: boolean;
}

/** How many findings of one rule are shown with all their lines, and how many more with one line. */
const SHOWN: Readonly<Record<Level, { readonly full: number; readonly brief: number }>> = {
  breaking: { full: 5, brief: 5 },
  undecidable: { full: 2, brief: 3 },
  safe: { full: 0, brief: 1 },
};
/** How many operations, usages and accepted findings are listed of one finding or report. */
const LISTED = 3;
const ACCEPTED = 5;

const MARKS: Readonly<Record<Level, string>> = { breaking: "x", undecidable: "?", safe: "-" };

/** Reports for a terminal or a log: grouped by rule, worst first, and no longer than people read. */
export function textReport(reports: readonly DriftReport[], options: TextOptions): string {
  const style = styleOf(options);
  const texts = reports.map((report) => reportLines(report, style).join("\n"));
  return `${texts.join("\n\n\n")}\n`;
}

interface Style extends TextOptions {
  readonly colors: ReturnType<typeof picocolors.createColors>;
  readonly paint: Readonly<Record<Level, (text: string) => string>>;
}

function styleOf(options: TextOptions): Style {
  const colors = picocolors.createColors(options.color);
  const paint = { breaking: colors.red, undecidable: colors.yellow, safe: colors.green };
  return { ...options, colors, paint };
}

function reportLines(report: DriftReport, style: Style): readonly string[] {
  return [
    ...headLines(report, style),
    ...WORST_FIRST.flatMap((level) => levelLines(report, level, style)),
    ...acceptedLines(report, style),
    ...textLines(report.comparison.texts, style),
    ...problemLines(report, style),
    ...lastLines(report, style),
  ];
}

function headLines(report: DriftReport, { colors }: Style): readonly string[] {
  const { old, new: now } = report.comparison;
  const counts = countsOf(report);
  const paint = counts.failing > 0 ? colors.red : colors.green;
  return [
    `${colors.bold(visiblePath(report.name))}  ${colors.dim(visible(versionsText(old, now)))}`,
    colors.dim(`  old  ${visible(old.location)}`),
    colors.dim(`  new  ${visible(now.location)}`),
    colors.bold(paint(headline(counts))),
  ];
}

function levelLines(report: DriftReport, level: Level, style: Style): readonly string[] {
  const groups = groupsOf(report, level);
  if (groups.length === 0) return [];
  const title = style.colors.bold(style.paint[level](level.toUpperCase()));
  return ["", title, ...groups.flatMap((group) => groupLines(group, level, style, report.gate))];
}

function groupLines(
  { rule, findings }: RuleGroup,
  level: Level,
  style: Style,
  gate: Gate,
): readonly string[] {
  const { colors, paint, all } = style;
  const { full, brief } = all ? { full: findings.length, brief: 0 } : SHOWN[level];
  const { title } = ruleOf(rule);
  const story = title === rule.replaceAll("-", " ") ? "" : `  ${title}`;
  const left = findings.length - full - brief;
  return [
    `  ${paint[level](rule)}${colors.dim(story)}${findings.length > 1 ? `  ${findings.length}` : ""}`,
    ...findings.slice(0, full).flatMap((finding) => fullLines(finding, level, style, gate)),
    ...findings.slice(full, full + brief).map((finding) => briefLine(finding, level, style)),
    // Of safe ones, how many there are stands above.
    ...(left > 0 && level !== "safe" ? [colors.dim(`      and ${left} more`)] : []),
    ...(full === 0 ? [] : hintLines(findings.slice(0, full), style)),
  ];
}

function fullLines(
  finding: Finding,
  level: Level,
  { colors, paint }: Style,
  gate: Gate,
): readonly string[] {
  const { places, usages = [] } = finding;
  const [first, ...others] = places;
  const spots = [verdictsText(finding, gate), finding.fingerprint, spotsText(finding)];
  const indent = "      ";
  return [
    `    ${paint[level](MARKS[level])} ${colors.bold(visible(finding.message))}`,
    ...(first === undefined ? [] : [indent + placeLine(first)]),
    ...(others.length === 0 ? [] : [indent + colors.dim(visible(othersText(others)))]),
    ...(usages.length === 0 ? [] : [indent + colors.cyan(visible(usagesText(finding)))]),
    indent + colors.dim(visible(spots.filter((text) => text !== "").join("  "))),
  ];
}

/** `GET /videos/{id}  VideoApi.getVideo  response 200 application/json .account.host` */
function placeLine(place: FindingPlace): string {
  const parts = [operationText(place), methodText(place) ?? "", whereText(place)];
  return visible(parts.filter((text) => text !== "").join("  "));
}

function othersText(places: readonly FindingPlace[]): string {
  const operations = [...new Set(places.map(operationText))];
  const listed = operations.slice(0, LISTED).join(", ");
  const left = operations.length - LISTED;
  return `and ${plural(places.length, "more place")}: ${listed}${left > 0 ? ` and ${left} more` : ""}`;
}

function usagesText({ usages = [] }: Finding): string {
  const listed = usages
    .slice(0, LISTED)
    .map(({ file, line, column }) => `${file}:${line}:${column}`);
  const left = usages.length - listed.length;
  return `used in ${listed.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

function briefLine(finding: Finding, level: Level, { colors, paint }: Style): string {
  const [first, ...others] = finding.places;
  const where = first === undefined ? "" : `${operationText(first)}  `;
  const more = others.length === 0 ? "" : `  and ${plural(others.length, "more place")}`;
  const text = `${colors.dim(visible(where))}${visible(finding.message)}${colors.dim(more)}`;
  return `    ${paint[level](MARKS[level])} ${text}`;
}

function hintLines(findings: readonly Finding[], { colors }: Style): readonly string[] {
  const hints = [...new Set(findings.map(({ hint }) => hint))];
  return hints.map((hint) => `      ${colors.cyan("hint")}: ${visible(hint)}`);
}

function acceptedLines({ accepted, gate }: DriftReport, style: Style): readonly string[] {
  if (accepted.length === 0) return [];
  const { colors, all } = style;
  const reasons = new Map<string, Finding[]>();
  for (const { finding, reason } of accepted)
    reasons.set(reason, [...(reasons.get(reason) ?? []), finding]);
  const shown = [...reasons].slice(0, all ? reasons.size : ACCEPTED);
  const left = reasons.size - shown.length;
  return [
    "",
    colors.bold("ACCEPTED"),
    ...shown.flatMap(([reason, findings]) => [
      `  ${String(findings.length).padStart(4)}  ${visible(reason)}`,
      ...(all
        ? findings.map((finding) => briefLine(finding, levelOf(finding, gate.verdict), style))
        : []),
    ]),
    ...(left > 0 ? [colors.dim(`        and ${plural(left, "more reason")}`)] : []),
  ];
}

function textLines(texts: readonly TextDifference[], { colors, all }: Style): readonly string[] {
  if (texts.length === 0) return [];
  const shown = texts.slice(0, all ? texts.length : ACCEPTED);
  const left = texts.length - shown.length;
  return [
    "",
    colors.bold("ONLY TEXTS"),
    ...shown.map(({ what, old, new: now }) => {
      const spots = [old, now].map((spot) => (spot === undefined ? "none" : spotText(spot)));
      return `  ${what}  ${colors.dim(visible(spots.join(" -> ")))}`;
    }),
    ...(left > 0 ? [colors.dim(`  and ${left} more`)] : []),
  ];
}

function problemLines({ problems }: DriftReport, { color }: Style): readonly string[] {
  if (problems.length === 0) return [];
  return ["", printDiagnostics(problems, undefined, { color }).trimEnd()];
}

function lastLines(report: DriftReport, style: Style): readonly string[] {
  const { findings, advice, gate } = report;
  if (findings.length === 0) return [];
  const counts = countsOf(report);
  const paint = counts.failing > 0 ? style.colors.red : style.colors.green;
  return [
    "",
    paint(gateText(counts, gate)),
    adviceText(advice),
    ...(style.all ? [] : MORE.map((line) => style.colors.dim(line))),
  ];
}

const MORE = [
  "--all lists every finding.",
  "What is known goes into the acceptance file by its fingerprint, with a reason.",
];
