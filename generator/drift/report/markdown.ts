import { isFailing, levelOf } from "../advice.js";
import type { AcceptedFinding, DriftReport, Gate } from "../drift-report.js";
import type { Finding } from "../finding.js";
import type { Level } from "../level.js";
import { code, plain, prose } from "./markdown-text.js";
import {
  adviceText,
  countsOf,
  gateText,
  headline,
  methodText,
  operationText,
  plural,
  spotText,
  whereText,
  WORST_FIRST,
} from "./tell.js";

export interface MarkdownOptions {
  /** The longest report, in bytes of UTF-8: what is left out is said at its end. */
  readonly maxBytes: number;
}

/**
 * What a comment on GitHub may hold: 65,536 characters, of which none is more than a byte for most of the text. The rest
 * is for the line before the report by which the action knows its own comment.
 */
export const COMMENT_BYTES = 65_000;

const SIGNS: Readonly<Record<Level, string>> = {
  breaking: "🔴",
  undecidable: "🟡",
  safe: "🟢",
};

/** Lines that stand and fall together: rows of a table need its head, and what is opened has to be closed. */
interface Block {
  readonly open: readonly string[];
  readonly rows: readonly string[];
  readonly close: readonly string[];
}

/** Reports for a comment on a pull request: tables that fold, worst first, and no longer than they may be. */
export function markdownReport(
  reports: readonly DriftReport[],
  { maxBytes }: MarkdownOptions,
): string {
  return fitted(reports.flatMap(blocksOf), maxBytes);
}

/** As many blocks and rows as fit; of what is left out, how many rows. */
function fitted(blocks: readonly Block[], maxBytes: number): string {
  const lines: string[] = [];
  let left = maxBytes - sizeOf([cutNote(Number.MAX_SAFE_INTEGER)]);
  let hidden = 0;
  for (const { open, rows, close } of blocks) {
    const frame = sizeOf([...open, ...close]);
    // A block of which no row fits tells nothing.
    if (frame + sizeOf(rows.slice(0, 1)) > left) {
      hidden += rows.length;
      continue;
    }
    left -= frame;
    const shown = fittingRows(rows, left);
    left -= sizeOf(shown);
    hidden += rows.length - shown.length;
    lines.push(...open, ...shown, ...close);
  }
  return `${[...lines, ...(hidden > 0 ? [cutNote(hidden)] : [])].join("\n")}\n`;
}

/** The rows at the beginning that fit. */
function fittingRows(rows: readonly string[], bytes: number): readonly string[] {
  let left = bytes;
  const end = rows.findIndex((row) => (left -= sizeOf([row])) < 0);
  return end === -1 ? rows : rows.slice(0, end);
}

function sizeOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}

function cutNote(count: number): string {
  return `\n_${plural(count, "more row")} would make this too long: the other formats list them._`;
}

function blocksOf(report: DriftReport): readonly Block[] {
  return [
    headBlock(report),
    ...WORST_FIRST.flatMap((level) => levelBlock(report, level)),
    ...acceptedBlock(report.accepted),
    ...problemBlock(report),
  ];
}

function headBlock(report: DriftReport): Block {
  const { comparison, findings, advice, gate } = report;
  const { old, new: now } = comparison;
  const counts = countsOf(report);
  const sign = isFailing(report) ? "❌" : "✅";
  return {
    open: [
      `### ${sign} ${plain(report.name)}: ${headline(counts)}`,
      "",
      `${code(old.location)} (${plain(old.version)}) → ${code(now.location)} (${plain(now.version)})`,
      "",
      ...(findings.length === 0 ? [] : [`**${gateText(counts, gate)}** ${adviceText(advice)}`, ""]),
    ],
    rows: [],
    close: [],
  };
}

function levelBlock(report: DriftReport, level: Level): readonly Block[] {
  const findings = report.findings.filter(
    (finding) => levelOf(finding, report.gate.verdict) === level,
  );
  if (findings.length === 0) return [];
  const verdicts = verdictsOf(report.gate);
  const isOpen = level === "breaking" ? " open" : "";
  return [
    {
      open: [
        `<details${isOpen}><summary>${SIGNS[level]} <b>${findings.length} ${level}</b></summary>`,
        "",
        rowOfCells(["what a caller notices", "where", ...verdicts, "places"]),
        rowOfCells(["---", "---", ...verdicts.map(() => "---"), "---"]),
      ],
      rows: findings.map((finding) => rowOf(finding, verdicts)),
      close: ["", "</details>", ""],
    },
  ];
}

/** The verdicts that count. */
function verdictsOf({ verdict }: Gate): readonly ("wire" | "source")[] {
  return verdict === "both" ? ["wire", "source"] : [verdict];
}

function rowOfCells(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function rowOf(finding: Finding, verdicts: readonly ("wire" | "source")[]): string {
  const { message, rule, fingerprint } = finding;
  return rowOfCells([
    `${prose(message)}<br><sub>${code(rule)} ${code(fingerprint)}</sub>`,
    whereCell(finding),
    ...verdicts.map((verdict) => `${SIGNS[finding[verdict]]} ${finding[verdict]}`),
    spotsCell(finding),
  ]);
}

function whereCell({ places, usages = [] }: Finding): string {
  const [first, ...others] = places;
  if (first === undefined) return "";
  const method = methodText(first);
  const where = whereText(first);
  return [
    code(operationText(first)),
    ...(method === undefined ? [] : [code(method)]),
    ...(where === "" ? [] : [code(where)]),
    ...(others.length === 0 ? [] : [`and ${plural(others.length, "more place")}`]),
    ...(usages.length === 0 ? [] : [`used in ${plural(usages.length, "place")} of the code`]),
  ].join("<br>");
}

function spotsCell({ old, new: now }: Finding): string {
  const spots = [old, now].map((spot) => (spot === undefined ? "nothing" : code(spotText(spot))));
  return spots.join("<br>→ ");
}

function acceptedBlock(accepted: readonly AcceptedFinding[]): readonly Block[] {
  if (accepted.length === 0) return [];
  return [
    {
      open: [
        `<details><summary>☑️ <b>${accepted.length} accepted</b></summary>`,
        "",
        "| what a caller notices | reason | by | until |",
        "| --- | --- | --- | --- |",
      ],
      rows: accepted.map(({ finding, reason, author, expires }) => {
        const [place] = finding.places;
        const where = place === undefined ? "" : `${code(operationText(place))}<br>`;
        const cells = [where + prose(finding.message), reason, author ?? "", expires ?? ""];
        return rowOfCells(cells.map((cell, index) => (index === 0 ? cell : plain(cell))));
      }),
      close: ["", "</details>", ""],
    },
  ];
}

function problemBlock({ problems }: DriftReport): readonly Block[] {
  if (problems.length === 0) return [];
  return [
    {
      open: ["**The acceptance file**", ""],
      rows: problems.map(({ message, place }) => {
        const where = place !== undefined && "line" in place ? place : undefined;
        const at = where === undefined ? "" : `${code(`${where.file.path}:${where.line}`)} `;
        return `- ${at}${prose(message)}`;
      }),
      close: [""],
    },
  ];
}
