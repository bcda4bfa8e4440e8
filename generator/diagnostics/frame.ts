import { codeFrameColumns } from "@babel/code-frame";
import type { TextPlace } from "./diagnostic.js";
import { visible } from "./quoted.js";

const LINES_ABOVE = 2;
const LINES_BELOW = 1;
/** Longest piece of a line that a frame shows, in UTF-16 units before escaping. */
const WIDTH = 160;
/** How much of it stands before the caret, when the line has to be cut there. */
const BEFORE_CARET = 60;

/** The lines around a place with a caret below it; every line begins with `>` or a space, whatever the document holds. */
export function codeFrame(place: TextPlace): string {
  const first = Math.max(1, place.line - LINES_ABOVE);
  const last = place.line + LINES_BELOW;
  const lines = linesBetween(place.file.text, first, last);
  const start = place.column > WIDTH - BEFORE_CARET ? place.column - 1 - BEFORE_CARET : 0;
  const beforeCaret = (lines[place.line - first] ?? "").slice(start, place.column - 1);
  const shown = lines.map((line) => excerpt(line, start)).join("\n");
  const column = (start > 0 ? 2 : 1) + printable(beforeCaret).length;
  return codeFrameColumns(
    "\n".repeat(first - 1) + shown,
    { start: { line: place.line, column } },
    { linesAbove: LINES_ABOVE, linesBelow: LINES_BELOW, highlightCode: false },
  );
}

function excerpt(line: string, start: number): string {
  const left = start > 0 && line.length > start ? "…" : "";
  const right = line.length > start + WIDTH ? "…" : "";
  return left + printable(line.slice(start, start + WIDTH)) + right;
}

function printable(text: string): string {
  return visible(text.replaceAll("\t", "  "));
}

function linesBetween(text: string, first: number, last: number): readonly string[] {
  const lines: string[] = [];
  let start = 0;
  for (let number = 1; number <= last && start <= text.length; number += 1) {
    const end = text.indexOf("\n", start);
    const stop = end === -1 ? text.length : end;
    if (number >= first) lines.push(text.slice(start, stop));
    start = stop + 1;
  }
  return lines;
}
