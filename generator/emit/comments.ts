import type { DocPart, Docs, LinkNames } from "../types/docs.js";
import { blocksOf, LIST_ITEM, type Block } from "./comment-blocks.js";
import { harmless, startOfLine, textLines, visible } from "./comment-line.js";
import { codeSpan, printable, proseText } from "./comment-prose.js";

/** Where the prose of a comment is wrapped, in columns. */
const WIDTH = 92;

/** The lines of a doc comment: paragraphs apart from each other, tags at the end. */
export function docLines(docs: Docs, extra: readonly string[] = []): readonly string[] {
  const texts = docs.flatMap((part) =>
    part.kind === "text" || part.kind === "limits" ? [textPartLines(part)] : [],
  );
  const paragraphs = [...texts, ...(extra.length === 0 ? [] : [extra])];
  const tags = docs.flatMap(tagLines);
  const body = paragraphs.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
  return tags.length === 0 ? body : [...body, ...(body.length === 0 ? [] : [""]), ...tags];
}

/** The names that links of a comment begin with: what the file has to know. */
export function linkedNames(docs: Docs): readonly string[] {
  return docs
    .filter((part) => part.kind === "instead" || "links" in part)
    .flatMap((part) => docLines([part]))
    .flatMap((line) => [...line.matchAll(/\{@link ([\w$]+)/g)].map(([, name = ""]) => name));
}

function tagLines(part: DocPart): readonly string[] {
  switch (part.kind) {
    case "text":
    case "limits":
      return [];
    case "tag":
      return part.tag === "defaultValue"
        ? [`@defaultValue ${inCode(part.text)}`]
        : wrapTag(`@deprecated ${paragraph(part.text) || NOT_FOR_NEW_CODE}`);
    case "instead":
      return [`@deprecated Use ${part.names.map((name) => `{@link ${name}}`).join(" and ")}.`];
    case "throws":
      // Behind the tag TypeScript takes a link for a type, and shows neither.
      return wrapTag(
        ["@throws `ApiError`", part.status, ...dashed(paragraph(part.text, part.links))].join(" "),
      );
  }
}

/** TSDoc wants to be told why, or what else to use. */
const NOT_FOR_NEW_CODE = "Not for new code.";

function dashed(text: string): readonly string[] {
  return text === "" ? [] : ["-", text];
}

/** The first paragraph of a text, on one line. */
export function oneLine(text: string): string {
  return printable(paragraph(text));
}

/** A text as a code span. */
export function inCode(text: string): string {
  return printable(codeSpan(textLines(text).map(visible).join(" ")));
}

function paragraph(text: string, links?: LinkNames): string {
  const [first = ""] = text.trim().split(/\n\s*\n/);
  const lines = textLines(first).map((line) => visible(line).trim());
  return proseText(lines.join(" ").trim(), links);
}

/** The lines of a tag after its first one are indented, so that the next tag is easy to find. */
function wrapTag(line: string): readonly string[] {
  const [first = "", ...others] = wrapLine(line);
  return [first, ...others.map((other) => `  ${other}`)].map((other) =>
    startOfProse(printable(other)),
  );
}

/** A text of a document, wrapped where a line of its prose is too long. */
function textPartLines({
  text,
  links,
}: {
  readonly text: string;
  readonly links?: LinkNames;
}): readonly string[] {
  return blocksOf(textLines(text).map(visible)).flatMap((block) => blockLines(block, links));
}

function blockLines(block: Block, links: LinkNames | undefined): readonly string[] {
  if (block.kind === "code") return codeLines(block.info, block.lines);
  const text = proseText(block.lines.join("\n"), links);
  const lines = text.split("\n");
  // A line break in code or in a link is none any more, and the lines around it are as long as they come.
  const isWide = lines.length < block.lines.length || lines.some((line) => line.length > WIDTH);
  const broken =
    block.kind === "prose" && isWide ? atTags(joinedLines(lines)).flatMap(wrapLine) : lines;
  return broken.map((line) => startOfProse(printable(line)));
}

/** Code as it is; three backticks in it would end it. */
function codeLines(info: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const inside = lines.map((line) => startOfLine(harmless(line.replaceAll("```", "'''"))));
  return [`\`\`\`${info}`, ...inside, "```"];
}

/** What tools take for a directive where a line begins with it, with an escape that TSDoc knows. */
function startOfProse(line: string): string {
  return line.replace(/^(\s*)(eslint|prettier)-/i, "$1$2\\-");
}

/**
 * A text in lines of its own for what HTML shows so: paragraphs, items of lists, what follows a `<br>`.
 */
function atTags(text: string): readonly string[] {
  return text
    .split(/(?=<(?:dd|dl|dt|h[1-6]|li|ol|p|table|tr|ul)\b)|(?<=<br ?\/?>)/i)
    .map((line, index) => (index === 0 ? line.trimEnd() : line.trim()))
    .filter((line) => line !== "");
}

function joinedLines([first = "", ...others]: readonly string[]): string {
  return [first, ...others.map((line) => line.trimStart())].join(" ");
}

/** Breaks a line at spaces. */
function wrapLine(line: string): readonly string[] {
  const indent = (LIST_ITEM.exec(line) ?? /^\s*/.exec(line))?.[0].length ?? 0;
  const lines: string[] = [];
  let current = line.slice(0, indent);
  let isEmpty = true;
  for (const word of line.slice(indent).split(" ")) {
    if (!isEmpty && current.length + 1 + word.length > WIDTH) {
      lines.push(current);
      current = " ".repeat(indent) + word;
    } else current += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, current];
}
