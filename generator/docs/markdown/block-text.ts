import type { BlockContent, Paragraph } from "mdast";
import { harmlessBlocks } from "./harmless.js";
import { plainText } from "./plain.js";
import { type PageContext, remembered } from "./page-context.js";
import { printBlocks } from "./print.js";

/** How headings of a text become part of a page. */
export interface BlockOptions {
  /**
   * The level of the highest heading of the text. Default: its headings are paragraphs in bold type, and no part of
   * what the page is divided into.
   */
  readonly headings?: number;
}

/**
 * A description of a document as blocks of Markdown, without a line break at the end. It keeps all that Markdown
 * has, and cannot change anything around it.
 */
export function blockText(text: string, context: PageContext, options: BlockOptions = {}): string {
  const level = options.headings;
  const given = text.trim();
  const print = (): string => printBlocks(settledHeadings(harmlessBlocks(given, context), level));
  return plainText(given) ?? remembered(context, `blocks ${level ?? ""}`, given, print);
}

/** Headings at the level that they may have, each at most one below the one before it. */
function settledHeadings(
  blocks: readonly BlockContent[],
  level: number | undefined,
): BlockContent[] {
  if (level === undefined) return blocks.map(withBoldHeadings);
  const ranks = [
    ...new Set(blocks.flatMap((block) => (block.type === "heading" ? [block.depth] : []))),
  ].sort();
  let before = level - 1;
  return blocks.map((block) => {
    if (block.type !== "heading") return withBoldHeadings(block);
    before = Math.min(level + ranks.indexOf(block.depth), before + 1, 6);
    return { ...block, depth: before as typeof block.depth };
  });
}

function withBoldHeadings(block: BlockContent): BlockContent {
  if (block.type === "heading") return boldHeading(block);
  if (block.type === "blockquote")
    return { ...block, children: (block.children as BlockContent[]).map(withBoldHeadings) };
  if (block.type !== "list") return block;
  const children = block.children.map((item) => ({
    ...item,
    children: (item.children as BlockContent[]).map(withBoldHeadings),
  }));
  return { ...block, children };
}

function boldHeading({ children }: Pick<Paragraph, "children">): Paragraph {
  return { type: "paragraph", children: [{ type: "strong", children }] };
}
