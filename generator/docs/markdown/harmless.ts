import type { BlockContent, Code, Html, List, PhrasingContent, RootContent, Table } from "mdast";
import { blocksOfHtml, isBlockTag } from "./html-blocks.js";
import { type MakeLink, wordsOfHtml } from "./html-words.js";
import { linkMaker } from "./links.js";
import { codeBlock, codeNodes, LINE_BREAK, mergedTexts, textNode, trimmed } from "./nodes.js";
import type { PageContext } from "./page-context.js";
import { canBeRead, depthOf, parse } from "./parse.js";

/** What a block is read with. */
interface Reading {
  readonly makeLink: MakeLink;
  /** The URLs of the text by their identifiers; the first one counts (CommonMark 0.31, 4.7). */
  readonly definitions: ReadonlyMap<string, string>;
}

/** How deep what is found in a text may be. */
const DEEPEST = 30;

/**
 * A text of a document as blocks that can stand on a page: Markdown as it is meant, without HTML, images, definitions
 * and links that lead nowhere. A text that nobody can have written is shown as it is.
 */
export function harmlessBlocks(text: string, context: PageContext): BlockContent[] {
  const lines = text.replaceAll(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n");
  const makeLink = linkMaker(context);
  return (canBeRead(lines) ? read(lines, true, makeLink) : undefined) ?? asWritten(lines);
}

function asWritten(lines: string): BlockContent[] {
  return [codeBlock(lines, "text")];
}

function read(
  lines: string,
  withBlocksOfHtml: boolean,
  makeLink: MakeLink,
): BlockContent[] | undefined {
  const { children } = parse(lines, withBlocksOfHtml);
  if (depthOf(children) > DEEPEST) return undefined;
  return blocks(children, { makeLink, definitions: definitionsIn(children) });
}

function definitionsIn(nodes: readonly RootContent[]): ReadonlyMap<string, string> {
  const definitions = new Map<string, string>();
  const visit = (node: RootContent): void => {
    if (node.type === "definition" && !definitions.has(node.identifier))
      definitions.set(node.identifier, node.url);
    if ("children" in node) for (const child of node.children) visit(child);
  };
  for (const node of nodes) visit(node);
  return definitions;
}

function blocks(nodes: readonly RootContent[], reading: Reading): BlockContent[] {
  return nodes.flatMap((node) => block(node, reading));
}

function block(node: RootContent, reading: Reading): BlockContent[] {
  switch (node.type) {
    case "paragraph":
      return blocksOfHtml(words(node, reading, true));
    case "heading":
      return filled({ ...node, children: trimmed(words(node, reading)) });
    case "thematicBreak":
      return [{ type: "thematicBreak" }];
    case "blockquote":
      return filled({ ...node, children: blocks(node.children, reading) });
    case "list":
      return filled(listOf(node, reading));
    case "code":
      return [codeBlock(node.value, languageOf(node))];
    case "html":
      return htmlBlock(node, reading);
    case "table":
      return [tableOf(node, reading)];
    default:
      return [];
  }
}

/** What is empty would be a sign that means something else. */
function filled<Node extends BlockContent & { readonly children: readonly unknown[] }>(
  node: Node,
): Node[] {
  return node.children.length === 0 ? [] : [node];
}

function listOf(list: List, reading: Reading): List {
  const items = list.children.map((item) => ({
    type: "listItem" as const,
    spread: item.spread ?? false,
    children: blocks(item.children, reading),
  }));
  return { ...list, children: items.filter(({ children }) => children.length > 0) };
}

/** A block of HTML is read tag by tag: what is no comment and has no equal in Markdown is text. */
function htmlBlock({ value }: Html, { makeLink }: Reading): BlockContent[] {
  const rest = value.replace(/^<!--[\s\S]*?(?:-->|$)/, "").trim();
  return rest === "" ? [] : (read(rest, false, makeLink) ?? asWritten(rest));
}

function tableOf(table: Table, reading: Reading): Table {
  const children = table.children.map((row) => ({
    type: "tableRow" as const,
    children: row.children.map((cell) => ({
      type: "tableCell" as const,
      children: oneLine(trimmed(words(cell, reading))),
    })),
  }));
  return { type: "table", align: table.align ?? null, children };
}

/** Words without a line break that would end a line of Markdown. */
export function oneLine(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return nodes.map((node): PhrasingContent => {
    if (node.type === "break") return LINE_BREAK;
    if (node.type === "text")
      return { type: "text", value: node.value.replaceAll(/\s*\n\s*/g, " ") };
    return "children" in node ? { ...node, children: oneLine(node.children) } : node;
  });
}

/** Languages that are named as they are. Others may mean a program to those that show them, such as a diagram. */
const LANGUAGES: ReadonlySet<string> = new Set(
  "bash c cpp csharp css diff go graphql html http ini java js json jsonc kotlin nginx php powershell python ruby rust sh shell sql swift text toml xml yaml".split(
    " ",
  ),
);

/** Programs of ours are TypeScript, and are compiled; others are not. */
const ALIASES: Readonly<Record<string, string>> = {
  javascript: "js",
  ts: "js",
  typescript: "js",
  py: "python",
  rb: "ruby",
  yml: "yaml",
  console: "sh",
  curl: "sh",
};

function languageOf({ lang }: Code): string {
  const name = (lang ?? "").toLowerCase();
  const known = Object.hasOwn(ALIASES, name) ? (ALIASES[name] ?? "") : name;
  return LANGUAGES.has(known) ? known : "text";
}

/** @param withBlocks whether tags that begin blocks are kept for {@link blocksOfHtml}. */
function words(
  { children }: { readonly children: readonly PhrasingContent[] },
  reading: Reading,
  withBlocks = false,
): PhrasingContent[] {
  const found = children.flatMap((node) => word(node, reading));
  return wordsOfHtml(found, (tag) => withBlocks && isBlockTag(tag), reading.makeLink);
}

function word(node: PhrasingContent, reading: Reading): PhrasingContent[] {
  switch (node.type) {
    case "text":
      return [textNode(node.value)];
    case "inlineCode":
      return codeNodes(node.value);
    case "break":
    case "html":
      return [node];
    case "emphasis":
    case "strong":
    case "delete":
      return marked(node, reading);
    case "link":
      return reading.makeLink(words(node, reading), node.url);
    case "linkReference":
      return reading.makeLink(words(node, reading), urlOf(node.identifier, reading));
    case "image":
      return reading.makeLink(altOf(node.alt), node.url);
    case "imageReference":
      return reading.makeLink(altOf(node.alt), urlOf(node.identifier, reading));
    default:
      return [];
  }
}

function marked(
  node: Extract<PhrasingContent, { type: "emphasis" | "strong" | "delete" }>,
  reading: Reading,
): PhrasingContent[] {
  const children = mergedTexts(words(node, reading));
  return children.length === 0 ? [] : [{ ...node, children }];
}

function urlOf(identifier: string, { definitions }: Reading): string {
  return definitions.get(identifier) ?? "";
}

function altOf(alt: string | null | undefined): PhrasingContent[] {
  return alt === null || alt === undefined || alt === "" ? [] : [textNode(alt)];
}
