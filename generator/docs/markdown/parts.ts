import { visible } from "../../diagnostics/quoted.js";

/* The parts that pages are put together from. All of them take any text; inline ones can stand in a table, too. */

/**
 * Text as a code span (CommonMark 0.31, 6.1), in which nothing means anything, on one line. Backticks have longer ones
 * around them; what nobody would see is an escape. An empty text has no code span.
 */
export function codeSpan(text: string): string {
  if (text.trim() === "") return "(empty)";
  return piecesOfCode(visible(text)).map(spanOf).join("\\|");
}

/**
 * A backslash before a pipe cannot be told in the code of a table (GFM, 4.10), where it would be taken for the escape
 * of the pipe: the pipe stands between two spans.
 */
export function piecesOfCode(text: string): readonly string[] {
  return text.includes("\\|") ? text.split(/(?<=(?<!\\)(?:\\\\)*\\)\|/) : [text];
}

function spanOf(code: string): string {
  if (code === "") return "";
  const fence = "`".repeat(freeLength(code, 1));
  const isPadded = /^`|`$/.test(code) || /^ .*[^ ].* $/.test(code);
  const space = isPadded ? " " : "";
  return `${fence}${space}${code}${space}${fence}`;
}

/** The least number of backticks, at least some, of which a text has no run. */
function freeLength(text: string, least: number): number {
  const lengths = new Set((text.match(/`+/g) ?? []).map((run) => run.length));
  let length = least;
  while (lengths.has(length)) length += 1;
  return length;
}

/** Code in a fence that it does not have itself (CommonMark 0.31, 4.5), without a line break at the end. */
export function fence(code: string, language: string): string {
  const longest = Math.max(0, ...(code.match(/`{3,}/g) ?? []).map((run) => run.length));
  const ticks = "`".repeat(Math.max(3, longest + 1));
  return `${ticks}${language}\n${code.replace(/\n+$/, "")}\n${ticks}`;
}

/**
 * A table (GFM, 4.10). Columns are not made equally wide, so that one changed cell is one changed line.
 *
 * @param headers inline Markdown
 * @param rows inline Markdown; each with as many cells as there are headers
 */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  return [rowOf(headers), rowOf(headers.map(() => "---")), ...rows.map(rowOf)].join("\n");
}

function rowOf(cells: readonly string[]): string {
  const padded = cells.map(cellOf).map((cell) => (cell === "" ? " " : ` ${cell} `));
  return `|${padded.join("|")}|`;
}

/** A cell ends at a pipe, in code too; one behind an odd number of backslashes is escaped already. */
function cellOf(inline: string): string {
  assertOneLine(inline);
  return inline.replace(/(\\*)\|/g, (found, { length }: string) =>
    length % 2 === 0 ? `${found.slice(0, -1)}\\|` : found,
  );
}

/** A heading (CommonMark 0.31, 4.2) of inline Markdown: signs at its end would not be part of it. */
export function heading(level: number, inline: string): string {
  assertOneLine(inline);
  return `${"#".repeat(level)} ${inline.replace(/(?<=^|\s)(?=#+$)/, "\\")}`;
}

/**
 * A link (CommonMark 0.31, 6.3).
 *
 * @param inline Markdown
 * @param target a URL, or a place as `linkFrom` gives it
 */
export function link(inline: string, target: string): string {
  return `[${inline}](${target.replace(/[^\w!#$%&+,./:;=?@~-]/gu, encoded)})`;
}

function encoded(character: string): string {
  const bytes = new TextEncoder().encode(character);
  return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(
    "",
  );
}

/** An item of a list; the lines after its first one belong to it. */
export function listItem(text: string): string {
  return `- ${text.replaceAll(/\n(?=[^\n])/g, "\n  ")}`;
}

/** A place to link to: what follows is where it leads. All viewers of Markdown know it. */
export function anchor(id: string): string {
  if (!/^[\w-]+$/.test(id)) throw new Error(`${JSON.stringify(id)} is no anchor`);
  return `<a id="${id}"></a>`;
}

function assertOneLine(inline: string): void {
  if (/[\n\r]/.test(inline)) throw new Error(`${JSON.stringify(inline)} is more than one line`);
}
