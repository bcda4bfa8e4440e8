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
  return text.split(/\r\n|[\n\r\u2028\u2029\u0085\v\f]/).map(harmless);
}

function harmless(line: string): string {
  return line
    .replaceAll("\t", "  ")
    .replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replaceAll("*/", "*\\/")
    .replaceAll("/*", "/\\*")
    .replace(/(#|@)(?=\s*source(?:Mapping)?URL)/gi, "$1\\")
    .replace(/^(\s*)(@|#(?=[A-Za-z])|eslint-|prettier-ignore|<reference|<amd)/i, "$1\\$2")
    .trimEnd();
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

/** A comment around the lines, or nothing where there are none. */
export function docComment(lines: readonly string[]): string {
  const [first = ""] = lines;
  if (lines.length === 0) return "";
  if (lines.length === 1 && first.length < WIDTH) return `/** ${first} */\n`;
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
}

/** The lines of a tag after its first one are indented, so that the next tag is easy to find. */
function wrapTag(line: string): readonly string[] {
  const [first = "", ...others] = wrapLine(line);
  return [first, ...others.map((other) => `  ${other}`)];
}

/** Wraps prose; tables, code and quotations of the text stay as they are. */
function wrapped(lines: readonly string[]): readonly string[] {
  let inFence = false;
  return lines.flatMap((line) => {
    const isFence = /^\s*(```|~~~)/.test(line);
    if (isFence) inFence = !inFence;
    return isFence || inFence || line.length <= WIDTH || /^(\s{4,}|\s*[|>])/.test(line)
      ? [line]
      : wrapLine(line);
  });
}

function wrapLine(line: string): readonly string[] {
  const indent = /^\s*(?:[-*+]|[0-9]+[.)])?\s*/.exec(line)?.[0].length ?? 0;
  const lines: string[] = [];
  let current = line.slice(0, indent);
  let isEmpty = true;
  for (const word of line.slice(indent).split(" ")) {
    if (!isEmpty && current.length + 1 + word.length > WIDTH) {
      lines.push(current);
      current = " ".repeat(indent) + harmless(word);
    } else current += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, current];
}
