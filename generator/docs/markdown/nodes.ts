import type { BlockContent, Nodes, PhrasingContent } from "mdast";
import { visible } from "../../diagnostics/quoted.js";
import { piecesOfCode } from "./parts.js";

/* How nodes are made of text: the only way in which text of a document gets into a tree that is printed. */

/** Text with everything visible; where its lines end is kept. */
export function textNode(text: string): PhrasingContent {
  return { type: "text", value: visibleLines(text.replaceAll("\t", " ")) };
}

/** Code on one line. */
export function codeNodes(text: string): PhrasingContent[] {
  const line = visible(text.replaceAll(/[\n\t]/g, " "));
  return piecesOfCode(line).flatMap((value, index): PhrasingContent[] => [
    ...(index === 0 ? [] : [{ type: "text", value: "|" } as const]),
    ...(value === "" ? [] : [{ type: "inlineCode", value } as const]),
  ]);
}

/** Code on lines of its own. */
export function codeBlock(text: string, language: string): BlockContent {
  return { type: "code", lang: language, value: visibleLines(text.replaceAll("\t", "  ")) };
}

function visibleLines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}

/** A line break that can stand in a table. */
export const LINE_BREAK: PhrasingContent = { type: "html", value: "<br>" };

/** The words of a node, without what is done to them. */
export function wordsIn(node: Nodes): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(wordsIn).join("") : "";
}

/** Texts beside each other become one: what one of them means can depend on the other. */
export function mergedTexts(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const merged: PhrasingContent[] = [];
  for (const node of nodes) {
    const last = merged.at(-1);
    if (node.type === "text" && last?.type === "text")
      merged.splice(-1, 1, { type: "text", value: last.value + node.value });
    else merged.push(node);
  }
  return merged;
}

/** Without white space and line breaks at both ends. */
export function trimmed(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const from = nodes.findIndex((node) => !isBlank(node));
  if (from === -1) return [];
  const kept = nodes.slice(from, nodes.findLastIndex((node) => !isBlank(node)) + 1);
  return kept.map((node, index) => {
    if (node.type !== "text") return node;
    const start = index === 0 ? node.value.trimStart() : node.value;
    return { type: "text", value: index === kept.length - 1 ? start.trimEnd() : start };
  });
}

function isBlank(node: PhrasingContent): boolean {
  return node.type === "break" || (node.type === "text" && node.value.trim() === "");
}
