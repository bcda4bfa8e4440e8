import { visible } from "../../../diagnostics/quoted.js";
import type { SourceFile } from "../../../document/source.js";
import type { Finding, FindingSpot } from "../../finding.js";
import type { PageExcerpt, PageFile } from "./page-data.js";

/** How many lines above and below a place can be shown, and how many UTF-16 units of each. */
const ABOVE = 12;
const BELOW = 24;
const WIDTH = 240;

/** The lines of a document that a page shows. */
interface KnownFile {
  readonly lines: readonly string[];
  readonly shown: Set<number>;
}

/** Makes excerpts of one comparison, and knows afterwards which lines they show. */
export interface Excerpts {
  readonly of: (finding: Finding) => {
    readonly old: PageExcerpt | undefined;
    readonly new: PageExcerpt | undefined;
  };
  readonly files: () => { readonly old: readonly PageFile[]; readonly new: readonly PageFile[] };
}

/** @param files those in which the places of findings are; a place in another one has no lines */
export function createExcerpts(files: {
  readonly old: readonly SourceFile[];
  readonly new: readonly SourceFile[];
}): Excerpts {
  const old = knownFiles(files.old);
  const now = knownFiles(files.new);
  return {
    of: (finding) => {
      const before = linesAt(old, finding.old);
      const after = linesAt(now, finding.new);
      const same = commonLines(before.texts, after.texts);
      return {
        old: excerptOf(finding.old, before, same.left),
        new: excerptOf(finding.new, after, same.right),
      };
    },
    files: () => ({ old: pageFiles(old), new: pageFiles(now) }),
  };
}

function knownFiles(files: readonly SourceFile[]): ReadonlyMap<string, KnownFile> {
  return new Map(
    files.map(({ path, text }) => {
      // What follows the last line feed is no line.
      const lines = text.replace(/\n$/, "").split("\n");
      return [path, { lines, shown: new Set<number>() }];
    }),
  );
}

/** The lines around a place, and the number of the first. */
interface Lines {
  readonly first: number;
  readonly texts: readonly string[];
}

function linesAt(files: ReadonlyMap<string, KnownFile>, spot: FindingSpot | undefined): Lines {
  const file = spot === undefined ? undefined : files.get(spot.file);
  if (spot === undefined || file === undefined) return { first: 1, texts: [] };
  const first = Math.max(1, spot.line - ABOVE);
  const texts = file.lines.slice(first - 1, spot.line + BELOW);
  for (const index of texts.keys()) file.shown.add(first + index);
  return { first, texts };
}

function excerptOf(
  spot: FindingSpot | undefined,
  { first, texts }: Lines,
  same: ReadonlySet<number>,
): PageExcerpt | undefined {
  if (spot === undefined) return undefined;
  const { file, line, column } = spot;
  const changed = [...texts.keys()].filter((index) => !same.has(index) && texts[index] !== "");
  return {
    file: visible(file),
    line,
    column,
    range: [first, first + texts.length - 1],
    changed: changed.map((index) => first + index),
  };
}

/**
 * Which of a few lines stand in both texts, in the same order: a longest common subsequence. Where one text has no
 * lines there is nothing to compare, and none counts as changed.
 */
function commonLines(
  left: readonly string[],
  right: readonly string[],
): { readonly left: ReadonlySet<number>; readonly right: ReadonlySet<number> } {
  if (left.length === 0 || right.length === 0)
    return { left: new Set(left.keys()), right: new Set(right.keys()) };
  const lengths = subsequenceLengths(left, right);
  const common = { left: new Set<number>(), right: new Set<number>() };
  let [row, column] = [0, 0];
  while (row < left.length && column < right.length) {
    if (left[row]?.trim() === right[column]?.trim()) {
      common.left.add(row);
      common.right.add(column);
      [row, column] = [row + 1, column + 1];
    } else if (at(lengths, row + 1, column) >= at(lengths, row, column + 1)) row += 1;
    else column += 1;
  }
  return common;
}

/** How long the longest common subsequence is of what follows each pair of lines. */
function subsequenceLengths(
  left: readonly string[],
  right: readonly string[],
): readonly (readonly number[])[] {
  const lengths = Array.from({ length: left.length + 1 }, () =>
    Array.from({ length: right.length + 1 }, () => 0),
  );
  for (let row = left.length - 1; row >= 0; row -= 1)
    for (let column = right.length - 1; column >= 0; column -= 1) {
      const isSame = left[row]?.trim() === right[column]?.trim();
      const length = isSame
        ? at(lengths, row + 1, column + 1) + 1
        : Math.max(at(lengths, row + 1, column), at(lengths, row, column + 1));
      lengths[row]?.splice(column, 1, length);
    }
  return lengths;
}

function at(lengths: readonly (readonly number[])[], row: number, column: number): number {
  return lengths[row]?.[column] ?? 0;
}

function pageFiles(files: ReadonlyMap<string, KnownFile>): readonly PageFile[] {
  return [...files]
    .filter(([, { shown }]) => shown.size > 0)
    .map(([path, { lines, shown }]) => ({
      path: visible(path),
      lines: [...shown]
        .sort((left, right) => left - right)
        .map((line) => [line, lineText(lines[line - 1] ?? "")] as const),
    }));
}

function lineText(line: string): string {
  const text = visible(line.slice(0, WIDTH).replaceAll("\t", "  "));
  return line.length > WIDTH ? `${text}…` : text;
}
