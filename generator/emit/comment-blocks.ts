/** A part of a text in Markdown: prose that may be broken anew, a line that stays as it is, or code. */
export type Block =
  | { readonly kind: "prose" | "line"; readonly lines: readonly string[] }
  | { readonly kind: "code"; readonly info: string; readonly lines: readonly string[] };

/** The mark of a list item, and the space around it. */
export const LIST_ITEM = /^\s*(?:[-*+]|[0-9]+[.)])\s+/;

/** Lines that belong together: a paragraph or an item of a list, code, and every other line by itself. */
export function blocksOf(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = [];
  let open: string[] | undefined;
  let inList = false;
  for (let at = 0; at < lines.length; at += 1) {
    const written = lines[at] ?? "";
    // A backslash before a line says that it is to stay one (CommonMark 0.31, 6.7).
    const isBroken = /(?<!\\)\\$/.test(written) && (lines[at + 1] ?? "") !== "";
    const line = isBroken ? written.slice(0, -1).trimEnd() : written;
    const isAfterBlank = (lines[at - 1] ?? "") === "";
    const code = fenced(lines, at) ?? (isAfterBlank && !inList ? indented(lines, at) : undefined);
    if (code !== undefined) {
      blocks.push(code.block);
      at = code.last;
      open = undefined;
      continue;
    }
    inList = LIST_ITEM.test(line) || (inList && (line === "" || /^\s/.test(line) || !isAfterBlank));
    const isProse = line !== "" && !/^\s*[|>#]/.test(line);
    if (isProse && open !== undefined && !LIST_ITEM.test(line)) open.push(line);
    else {
      const own = [line];
      blocks.push({ kind: isProse ? "prose" : "line", lines: own });
      open = isProse ? own : undefined;
    }
    if (isBroken) open = undefined;
  }
  return blocks;
}

interface Code {
  readonly block: Block;
  /** The index of its last line. */
  readonly last: number;
}

/** Code between fences; without an end it goes on to the end of the text (CommonMark 0.31, 4.5). */
function fenced(lines: readonly string[], at: number): Code | undefined {
  const [, indent = "", fence = "", info = ""] =
    /^( *)(`{3,}(?=[^`]*$)|~{3,})(.*)$/.exec(lines[at] ?? "") ?? [];
  if (fence === "") return undefined;
  const ending = new RegExp(`^ *${fence.charAt(0)}{${fence.length},} *$`);
  const last = indexFrom(lines, at + 1, (line) => ending.test(line));
  const inside = lines.slice(at + 1, last).map((line) => withoutIndent(line, indent.length));
  return {
    block: { kind: "code", info: /^ *([\w+-]*)/.exec(info)?.[1] ?? "", lines: inside },
    last,
  };
}

/** Code that is told by four spaces (CommonMark 0.31, 4.4). TSDoc does not know it. */
function indented(lines: readonly string[], at: number): Code | undefined {
  if (!/^ {4}/.test(lines[at] ?? "")) return undefined;
  let end = indexFrom(lines, at, (line) => line !== "" && !/^ {4}/.test(line));
  while (lines[end - 1] === "") end -= 1;
  const inside = lines.slice(at, end).map((line) => withoutIndent(line, 4));
  return { block: { kind: "code", info: "", lines: inside }, last: end - 1 };
}

/** Where the first line is that passes, or the end. */
function indexFrom(
  lines: readonly string[],
  start: number,
  passes: (line: string) => boolean,
): number {
  let at = start;
  while (at < lines.length && !passes(lines[at] ?? "")) at += 1;
  return at;
}

function withoutIndent(line: string, most: number): string {
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  return line.slice(Math.min(indent, most));
}
