import type { BlockContent, List, ListItem, PhrasingContent } from "mdast";
import { readTag, type Tag } from "./html-tags.js";
import { trimmed } from "./nodes.js";

/** Tags that end a paragraph, by what they begin. */
const BLOCKS: ReadonlySet<string> = new Set(
  "p div section article ul ol li hr h1 h2 h3 h4 h5 h6".split(" "),
);

export function isBlockTag({ name }: Tag): boolean {
  return BLOCKS.has(name);
}

/** How deep lists may be in each other; those below are part of the last one. */
const DEEPEST = 10;

/** Something that is open: a list, or what has blocks in it. */
type Place =
  | { readonly kind: "list"; readonly list: List }
  | { readonly kind: "blocks"; readonly children: BlockContent[] };

/** Words with tags of blocks between them as the blocks that they make. */
export function blocksOfHtml(nodes: readonly PhrasingContent[]): BlockContent[] {
  const blocks: BlockContent[] = [];
  const places: Place[] = [];
  let words: PhrasingContent[] = [];
  let depth = 0;
  const finish = (): void => {
    const children = trimmed(words);
    words = [];
    if (children.length > 0) childrenOf(places, blocks).push(blockOf(children, depth));
    depth = 0;
  };
  for (const node of nodes) {
    const tag = node.type === "html" ? readTag(node.value) : undefined;
    if (tag === undefined) words.push(node);
    else {
      finish();
      depth = headingDepth(tag);
      enter(tag, places, blocks);
    }
  }
  finish();
  return blocks;
}

function headingDepth({ name, isEnd }: Tag): number {
  return isEnd || !/^h[1-6]$/.test(name) ? 0 : Number(name.slice(1));
}

function blockOf(children: PhrasingContent[], depth: number): BlockContent {
  return depth === 0
    ? { type: "paragraph", children }
    : { type: "heading", depth: depth as 1 | 2 | 3 | 4 | 5 | 6, children };
}

function enter({ name, isEnd }: Tag, places: Place[], blocks: BlockContent[]): void {
  if (name === "ul" || name === "ol") {
    if (isEnd) leave(places, "list");
    else if (places.length < DEEPEST) enterList(name === "ol", places, blocks);
  } else if (name === "li") {
    leaveItem(places);
    if (!isEnd) enterItem(places, blocks);
  } else if (name === "hr") childrenOf(places, blocks).push({ type: "thematicBreak" });
}

function enterList(ordered: boolean, places: Place[], blocks: BlockContent[]): void {
  const list: List = { type: "list", ordered, spread: false, children: [] };
  childrenOf(places, blocks).push(list);
  places.push({ kind: "list", list });
}

function enterItem(places: Place[], blocks: BlockContent[]): void {
  if (places.at(-1)?.kind !== "list") enterList(false, places, blocks);
  const last = places.at(-1);
  if (last?.kind === "list") places.push({ kind: "blocks", children: newItem(last.list) });
}

/** Leaves the innermost place of a kind, and all that is in it. */
function leave(places: Place[], kind: Place["kind"]): void {
  const index = places.findLastIndex((place) => place.kind === kind);
  if (index !== -1) places.splice(index);
}

/** An item ends where the next one of its list begins. */
function leaveItem(places: Place[]): void {
  if (places.at(-1)?.kind === "blocks") places.pop();
}

/** Where the next block goes; in a list, into an item of its own. */
function childrenOf(places: readonly Place[], blocks: BlockContent[]): BlockContent[] {
  const last = places.at(-1);
  if (last === undefined) return blocks;
  return last.kind === "blocks" ? last.children : newItem(last.list);
}

function newItem({ children }: List): BlockContent[] {
  const item: ListItem = { type: "listItem", spread: false, children: [] };
  children.push(item);
  return item.children as BlockContent[];
}
