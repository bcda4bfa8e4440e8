import { visible, visiblePath } from "../../generator/diagnostics/quoted.js";
import { compareText } from "../../generator/document/json.js";
import { isFine, MEANING, OUTCOMES, type Outcome, type Reason, type Result } from "./result.js";

const SLOWEST = 10;
/** Longest text of a reason that is shown, in UTF-16 units. */
const LONGEST_TEXT = 200;

/** How many documents ended how, why, and which took longest. */
export function reportOf(results: readonly Result[]): string {
  const documents = results.filter(({ outcome }) => outcome !== "no-document");
  const reasons = OUTCOMES.filter((outcome) => outcome !== "compiled").flatMap((outcome) =>
    reasonLines(outcome, results),
  );
  return [
    `${documents.length} documents`,
    ...aligned(outcomeRows(results, documents.length)),
    ...(reasons.length === 0 ? [] : ["", "Why", ...reasons]),
    ...section("Warnings", aligned(warningRows(documents))),
    ...section("Slowest", aligned(slowestRows(documents))),
    "",
  ].join("\n");
}

/** One line about a document that did not end as it should. */
export function failureLine({ path, outcome, reasons }: Result): string {
  const [reason] = reasons;
  return `${outcome}: ${visiblePath(path)}${reason === undefined ? "" : `: ${reasonText(reason)}`}`;
}

/** `120 of 2639: 118 compiled, 2 diagnosed` */
export function progressLine(results: readonly Result[], total: number): string {
  const counts = OUTCOMES.map((outcome) => ({ outcome, count: countOf(results, outcome) }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${count} ${outcome}`);
  return `${results.length} of ${total}: ${counts.join(", ")}`;
}

function countOf(results: readonly Result[], outcome: Outcome): number {
  return results.filter((result) => result.outcome === outcome).length;
}

type Row = readonly string[];

function outcomeRows(results: readonly Result[], documents: number): readonly Row[] {
  return OUTCOMES.map((outcome) => {
    const count = countOf(results, outcome);
    const share = outcome === "no-document" ? "" : percent(count, documents);
    return [`  ${outcome}`, String(count), share, MEANING[outcome]];
  });
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "" : `${((100 * part) / whole).toFixed(1)} %`;
}

/** The reasons of all documents with one outcome, the most frequent first, each with the first document that has it. */
function reasonLines(outcome: Outcome, results: readonly Result[]): readonly string[] {
  const groups = new Map<string, { readonly path: string; readonly text: string; count: number }>();
  for (const { path, reasons } of results.filter((result) => result.outcome === outcome)) {
    for (const { code, text } of reasons) {
      const group = groups.get(code) ?? { path, text, count: 0 };
      group.count += 1;
      groups.set(code, group);
    }
  }
  return [...groups]
    .sort(([one, left], [other, right]) => right.count - left.count || compareText(one, other))
    .map(
      ([code, { path, text, count }]) =>
        `  ${outcome}: ${count} ${reasonText({ code, text })}\n      such as ${visible(path)}`,
    );
}

function reasonText({ code, text }: Reason): string {
  const cut = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  return visible(`${code}: ${cut}`);
}

function warningRows(results: readonly Result[]): readonly Row[] {
  const documents = new Map<string, number>();
  for (const code of results.flatMap(({ warnings }) => Object.keys(warnings)))
    documents.set(code, (documents.get(code) ?? 0) + 1);
  return [...documents]
    .sort(([one, left], [other, right]) => right - left || compareText(one, other))
    .map(([code, count]) => [`  ${code}`, `in ${count} documents`, percent(count, results.length)]);
}

function slowestRows(results: readonly Result[]): readonly Row[] {
  return results
    .toSorted((left, right) => right.generating - left.generating)
    .slice(0, SLOWEST)
    .map(({ generating, compiling, lines, path }) => [
      `  ${generating.toFixed(1)} s`,
      `and ${compiling.toFixed(1)} s to compile`,
      `${lines} lines`,
      visible(path),
    ]);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines];
}

function aligned(rows: readonly Row[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** Whether a run ends with 0. */
export function areFine(results: readonly Result[]): boolean {
  return results.every(({ outcome }) => isFine(outcome));
}
