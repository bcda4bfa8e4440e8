import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** Footnotes would be shared by all texts of a page, and boxes to tick are for those who write it. */
const NOT_READ = [
  "gfmFootnoteDefinition",
  "gfmFootnoteCall",
  "gfmPotentialFootnoteCall",
  "tasklistCheck",
];

const SYNTAX = gfm();
const NODES = [gfmFromMarkdown()];

/**
 * Text as a tree of GitHub Flavored Markdown.
 *
 * @param withBlocksOfHtml whether HTML is found in blocks, in which Markdown means nothing; otherwise it is always found tag by tag
 */
export function parse(text: string, withBlocksOfHtml: boolean): Root {
  const disabled = withBlocksOfHtml ? NOT_READ : [...NOT_READ, "htmlFlow"];
  const extensions = [SYNTAX, { disable: { null: disabled } }];
  return fromMarkdown(text, { extensions, mdastExtensions: NODES });
}

/** The longest text that is read, in UTF-16 units. */
const LONGEST = 100_000;
/** The most signs in all of a text, and in a part of it without an empty line, where each may be compared with all others. */
const MOST_SIGNS = 8_000;
const MOST_SIGNS_TOGETHER = 1_000;
const SIGN = /[*_~`[\]<>&|\\@:!]/g;

/** A line with so many quotations and lists in each other, or so deep in lists, that reading it would not end well. */
const TOO_DEEP = /^(?:(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])){30}|[ \t]{60,}(?:[>*+-]|\d{1,9}[.)])[ \t])/m;

/** Tells whether a text can be read in a time that follows from its length. */
export function canBeRead(text: string): boolean {
  if (text.length > LONGEST || TOO_DEEP.test(text.replaceAll(RULE, ""))) return false;
  const counts = text.split(/\n[ \t]*\n/).map((part) => part.match(SIGN)?.length ?? 0);
  const all = counts.reduce((sum, count) => sum + count, 0);
  return all <= MOST_SIGNS && counts.every((count) => count <= MOST_SIGNS_TOGETHER);
}

/** A line of one sign: it has nothing in it. */
const RULE = /^[ \t]*([*-])(?:[ \t]*\1)*[ \t]*$/gm;

/** How deep nodes are in each other. */
export function depthOf(nodes: readonly Nodes[]): number {
  let depth = 0;
  for (let level = nodes; level.length > 0; depth += 1)
    level = level.flatMap((node) => ("children" in node ? node.children : []));
  return depth;
}
