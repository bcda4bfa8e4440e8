import type { BlockContent, List, PhrasingContent, Table } from "mdast";
import { harmlessBlocks, oneLine } from "./harmless.js";
import { codeNodes, LINE_BREAK, mergedTexts, trimmed } from "./nodes.js";
import { type PageContext, remembered } from "./page-context.js";
import { plainLine } from "./plain.js";
import { printWords } from "./print.js";

/**
 * A description of a document as inline Markdown on one line, for a cell of a table or the first line of something. Blocks and
 * items of lists are set apart by `<br>`.
 */
export function inlineText(text: string, context: PageContext): string {
  const given = text.trim();
  return plainLine(given) ?? remembered(context, "words", given, () => readLine(given, context));
}

/** The same for a text that is not plain. */
export function readLine(text: string, context: PageContext): string {
  return printWords(mergedTexts(oneLine(lineOf(harmlessBlocks(text, context)))));
}

function lineOf(blocks: readonly BlockContent[]): PhrasingContent[] {
  return separated(blocks.map(wordsOf), [LINE_BREAK]);
}

function wordsOf(block: BlockContent): PhrasingContent[] {
  switch (block.type) {
    case "paragraph":
      return trimmed(block.children);
    case "heading":
      return [{ type: "strong", children: block.children }];
    case "blockquote":
      return lineOf(block.children as BlockContent[]);
    case "list":
      return itemsOf(block);
    case "code":
      return separated(block.value.split("\n").map(codeNodes), [LINE_BREAK]);
    case "table":
      return rowsOf(block);
    default:
      return [];
  }
}

function itemsOf({ children, ordered, start }: List): PhrasingContent[] {
  const items = children.map((item, index): PhrasingContent[] => [
    { type: "text", value: ordered === true ? `${(start ?? 1) + index}. ` : "- " },
    ...lineOf(item.children as BlockContent[]),
  ]);
  return separated(items, [LINE_BREAK]);
}

function rowsOf({ children }: Table): PhrasingContent[] {
  const rows = children.map((row) =>
    separated(
      row.children.map((cell) => cell.children),
      [{ type: "text", value: ", " }],
    ),
  );
  return separated(rows, [LINE_BREAK]);
}

function separated(
  parts: readonly PhrasingContent[][],
  separator: PhrasingContent[],
): PhrasingContent[] {
  const filled = parts.filter((part) => part.length > 0);
  return filled.flatMap((part, index) => (index === 0 ? part : [...separator, ...part]));
}
