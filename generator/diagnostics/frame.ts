import type { SourceFile } from "../document/source.js";
import type { TextPlace } from "./diagnostic.js";
import { visible } from "./quoted.js";

const LINES_ABOVE = 2;
const LINES_BELOW = 1;
/** Longest piece of a line that a frame shows, in UTF-16 units before escaping. */
const WIDTH = 160;
/** How much of it stands before the caret, when the line has to be cut there. */
const BEFORE_CARET = 60;

/** Shows a place with the lines around it and a caret below; every line begins with `>` or a space, whatever the document holds. */
export type CodeFrame = (place: TextPlace) => string;

/** Makes a function that shows places; it looks for the lines of a file once. */
export function createFramer(): CodeFrame {
  const known = new Map<SourceFile, readonly string[]>();
  return (place) => {
    const lines = known.get(place.file) ?? place.file.text.split("\n");
    known.set(place.file, lines);
    return frameOf(lines, place);
  };
}

function frameOf(lines: readonly string[], { line, column }: TextPlace): string {
  const first = Math.max(1, line - LINES_ABOVE);
  const last = Math.min(lines.length, line + LINES_BELOW);
  const gutter = String(last).length;
  const start = column > WIDTH - BEFORE_CARET ? cutBefore(lines[line - 1] ?? "", column) : 0;
  const shown: string[] = [];
  for (let number = first; number <= last; number += 1) {
    const text = excerpt(lines[number - 1] ?? "", start);
    const mark = number === line ? ">" : " ";
    shown.push(`${mark} ${String(number).padStart(gutter)} | ${text}`.trimEnd());
    if (number === line) {
      const before = printable((lines[line - 1] ?? "").slice(start, column - 1));
      const indent = " ".repeat((start > 0 ? 1 : 0) + displayWidth(before));
      shown.push(`  ${" ".repeat(gutter)} | ${indent}^`);
    }
  }
  return shown.join("\n");
}

/** Where to cut a line left of a column: not between the two halves of a character. */
function cutBefore(line: string, column: number): number {
  const start = column - 1 - BEFORE_CARET;
  return isLowSurrogate(line, start) ? start - 1 : start;
}

function excerpt(line: string, start: number): string {
  const end = isLowSurrogate(line, start + WIDTH) ? start + WIDTH - 1 : start + WIDTH;
  const left = start > 0 && line.length > start ? "…" : "";
  const right = line.length > end ? "…" : "";
  return left + printable(line.slice(start, end)) + right;
}

function isLowSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function printable(text: string): string {
  return visible(text.replaceAll("\t", "  "));
}

/** Characters that take two columns of a terminal (Unicode Standard Annex 11: wide and fullwidth). */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

/** How many columns of a terminal a text takes; marks that stand above or below another character take none. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text)
    width += WIDE.test(character) ? 2 : /\p{Mn}/u.test(character) ? 0 : 1;
  return width;
}
