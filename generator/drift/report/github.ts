import { visible } from "../../diagnostics/quoted.js";
import { isFailing, levelOf } from "../advice.js";
import type { DriftReport } from "../drift-report.js";
import type { Finding } from "../finding.js";
import { worstLevel, type Level } from "../level.js";
import { markdownReport } from "./markdown.js";
import { countsOf, headline, localSpot, plural, sentence, WORST_FIRST } from "./tell.js";

/** How many annotations of each kind GitHub shows of one step. */
const SHOWN = 10;
/** The longest message of an annotation, in UTF-16 units: GitHub shows 4 KB at most. */
const LONGEST = 2_000;
/** What a step may write into its summary, in bytes: 1 MiB. */
const SUMMARY_BYTES = 1_048_576;

const COMMANDS: Readonly<Record<Level, string>> = {
  breaking: "error",
  undecidable: "warning",
  safe: "notice",
};

/**
 * Reports as workflow commands, which GitHub shows as annotations: the first ten of each kind, since it shows no more of
 * a step, and what is left out in a last line that is an ordinary one.
 */
export function githubAnnotations(reports: readonly DriftReport[]): string {
  const lines = WORST_FIRST.flatMap((level) => {
    const found = reports.flatMap((report) =>
      report.findings
        .filter((finding) => levelOf(finding, report.gate.verdict) === level)
        .map((finding) => ({ report, finding })),
    );
    const left = found.length - SHOWN;
    return [
      ...found.slice(0, SHOWN).map(({ report, finding }) => annotation(report, finding, level)),
      ...(left > 0 ? [`${plural(left, `more ${level} finding`)} without annotation.`] : []),
    ];
  });
  const heads = reports.map((report) => `${visible(report.name)}: ${headline(countsOf(report))}`);
  // A line that begins with a colon or `##` could be a command.
  return [...lines, ...heads.map((head) => `Driftline, ${head}`), ""].join("\n");
}

function annotation({ name }: DriftReport, finding: Finding, level: Level): string {
  const spot = localSpot(finding);
  const place =
    spot === undefined
      ? {}
      : { file: spot.file, line: String(spot.line), col: String(spot.column) };
  const properties = { ...place, title: `${name}: ${finding.rule} (${level})` };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return `::${COMMANDS[level]} ${list.join(",")}::${data(cut(sentence(finding)))}`;
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** The message of a workflow command: percent-encoded as far as the runner decodes it. */
function data(text: string): string {
  return visible(text).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

/** A property of a workflow command: there, colons and commas mean something too. */
function property(text: string): string {
  return data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}

/** The text for the file that `GITHUB_STEP_SUMMARY` names. */
export function githubSummary(reports: readonly DriftReport[]): string {
  return markdownReport(reports, { maxBytes: SUMMARY_BYTES });
}

/**
 * The text for the file that `GITHUB_OUTPUT` names: `failed`, `level`, `advice`, `headline` and the number of findings
 * of each kind, over all reports.
 *
 * @param delimiter makes a line that nobody can foresee, such as a random UUID: it ends each value
 */
export function githubOutputs(reports: readonly DriftReport[], delimiter: () => string): string {
  return Object.entries(outputsOf(reports))
    .map(([name, value]) => {
      const end = delimiter();
      return `${name}<<${end}\n${value}\n${end}\n`;
    })
    .join("");
}

function outputsOf(reports: readonly DriftReport[]): Readonly<Record<string, string>> {
  const counts = reports.map(countsOf);
  const sum = (key: keyof (typeof counts)[number]): string =>
    String(counts.reduce((total, count) => total + count[key], 0));
  const found = WORST_FIRST.filter((level) => counts.some((count) => count[level] > 0));
  const steps = reports.map(({ advice }) => advice);
  return {
    failed: String(reports.some(isFailing)),
    level: found.length === 0 ? "none" : worstLevel(found),
    advice: (["major", "minor", "patch"] as const).find((step) => steps.includes(step)) ?? "none",
    headline: reports
      .map((report) => `${visible(report.name)}: ${headline(countsOf(report))}`)
      .join("; "),
    breaking: sum("breaking"),
    undecidable: sum("undecidable"),
    safe: sum("safe"),
    accepted: sum("accepted"),
  };
}
