import type { DocPart, Docs } from "../types/docs.js";

/** Where the prose of a comment is wrapped, in columns. */
const WIDTH = 92;

/** Characters that a reader would not see, or that would turn the text around them; they are shown as escapes. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/**
 * The one place that makes text of a document harmless in a comment: nothing in it can end the comment, be taken for
 * a tag or a directive to a tool, or hide from the reader.
 */
export function commentText(text: string): readonly string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029\u0085\v\f]/).map((line) => startOfLine(harmless(line)));
}

function harmless(line: string): string {
  return (
    line
      // Links to places of a rendered page, such as `#operation/getVideo`, lead nowhere from here.
      .replace(/\[([^[\]]*)\]\(#[^()\s]*\)/g, "$1")
      .replaceAll("\t", "  ")
      .replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .replaceAll("*/", "*\\/")
      .replaceAll("/*", "/\\*")
      .replace(/(#|@)(?=\s*source(?:Mapping)?URL)/gi, "$1\\")
      // At the top of a file TypeScript reads `@jsxImportSource` wherever it stands, and resolves the module it names.
      .replace(/@(?=jsx)/gi, "@\\")
      // TypeScript takes an @ behind a space for a tag, wherever in a line it stands.
      .replace(/(^|\s)@/g, "$1\\@")
      .trimEnd()
  );
}

/** What tools take for a directive, but only where a line begins with it. */
function startOfLine(text: string): string {
  return text.replace(/^(\s*)(eslint-|prettier-ignore|<reference|<amd)/i, "$1\\$2");
}

/** The lines of a doc comment: paragraphs apart from each other, tags at the end. */
export function docLines(docs: Docs, extra: readonly string[] = []): readonly string[] {
  const texts = docs.flatMap((part) =>
    part.kind === "text" ? [wrapped(commentText(part.text))] : [],
  );
  const paragraphs = [...texts, ...(extra.length === 0 ? [] : [extra])];
  const tags = docs.flatMap(tagLines);
  const body = paragraphs.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
  return tags.length === 0 ? body : [...body, ...(body.length === 0 ? [] : [""]), ...tags];
}

function tagLines(part: DocPart): readonly string[] {
  switch (part.kind) {
    case "text":
      return [];
    case "tag":
      return [[`@${part.tag}`, ...commentText(part.text)].join(" ").trimEnd()];
    case "throws":
      return wrapTag(
        `@throws {@link ApiError} ${part.status}${part.text === "" ? "" : ` - ${oneLine(part.text)}`}`,
      );
  }
}

/** The first paragraph of a text, on one line. */
export function oneLine(text: string): string {
  const [paragraph = ""] = text.trim().split(/\n\s*\n/);
  return commentText(paragraph)
    .map((line) => line.trim())
    .join(" ")
    .trim();
}

/** The lines of a tag after its first one are indented, so that the next tag is easy to find. */
function wrapTag(line: string): readonly string[] {
  const [first = "", ...others] = wrapLine(line);
  return [first, ...others.map((other) => `  ${other}`)];
}

/** Wraps paragraphs in which a line is too long; tables, code, headings and quotations stay as they are. */
function wrapped(lines: readonly string[]): readonly string[] {
  return blocksOf(lines).flatMap((block) => {
    const isWide = block.lines.some((line) => line.length > WIDTH);
    return block.isProse && isWide
      ? atTags(joinedLines(block.lines)).flatMap(wrapLine)
      : block.lines;
  });
}

/**
 * A text in lines of its own for what HTML shows so: paragraphs, items of lists, what follows a `<br>`. What begins a
 * line anew is made harmless again.
 */
function atTags(text: string): readonly string[] {
  const [first = "", ...others] = text.split(
    /(?=<(?:dd|dl|dt|h[1-6]|li|ol|p|table|tr|ul)\b)|(?<=<br ?\/?>)/i,
  );
  const lines = others.map((line) => startOfLine(line.trim().replace(/^@/, "\\@")));
  return [first.trimEnd(), ...lines].filter((line) => line !== "");
}

interface Block {
  readonly isProse: boolean;
  readonly lines: readonly string[];
}

/** Lines that belong together: a paragraph or an item of a list, and every other line by itself. */
function blocksOf(lines: readonly string[]): readonly Block[] {
  const blocks: { isProse: boolean; lines: string[] }[] = [];
  let inFence = false;
  let isOpen = false;
  for (const line of lines) {
    const isFence = /^\s*(```|~~~)/.test(line);
    const isProse = !inFence && !isFence && !/^(\s{4,}|\s*[|>#])/.test(line) && line !== "";
    const last = blocks.at(-1);
    if (isProse && isOpen && last !== undefined && !LIST_ITEM.test(line)) last.lines.push(line);
    else blocks.push({ isProse, lines: [line] });
    // A backslash at the end of a line is a line break in Markdown.
    isOpen = isProse && !line.endsWith("\\");
    if (isFence) inFence = !inFence;
  }
  return blocks;
}

/** The mark of a list item, and the space around it. */
const LIST_ITEM = /^\s*(?:[-*+]|[0-9]+[.)])\s+/;

function joinedLines([first = "", ...others]: readonly string[]): string {
  return [first, ...others.map((line) => line.trimStart())].join(" ");
}

/** Breaks a line at spaces. What begins a line anew is made harmless again, for a tag counts only there. */
function wrapLine(line: string): readonly string[] {
  const indent = (LIST_ITEM.exec(line) ?? /^\s*/.exec(line))?.[0].length ?? 0;
  const lines: string[] = [];
  let current = line.slice(0, indent);
  let isEmpty = true;
  for (const word of line.slice(indent).split(" ")) {
    if (!isEmpty && current.length + 1 + word.length > WIDTH) {
      lines.push(current);
      current = " ".repeat(indent) + startOfLine(word);
    } else current += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, current];
}
