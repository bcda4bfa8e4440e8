import type { PhrasingContent } from "mdast";
import { isComment, readTag, type Tag } from "./html-tags.js";
import { codeNodes, mergedTexts, textNode, wordsIn } from "./nodes.js";

/** An element that is open: what was written, and what is in it so far. */
interface Open {
  readonly written: string;
  readonly tag: Tag;
  readonly children: PhrasingContent[];
}

/** Makes a link, or just its words where it leads nowhere. */
export type MakeLink = (children: PhrasingContent[], url: string) => PhrasingContent[];

/** The elements that have an equal in Markdown, where they stand between words. */
const ELEMENTS: Readonly<
  Record<string, (children: PhrasingContent[], tag: Tag, makeLink: MakeLink) => PhrasingContent[]>
> = {
  b: (children) => [{ type: "strong", children }],
  strong: (children) => [{ type: "strong", children }],
  i: (children) => [{ type: "emphasis", children }],
  em: (children) => [{ type: "emphasis", children }],
  del: (children) => [{ type: "delete", children }],
  s: (children) => [{ type: "delete", children }],
  code: (children) => codeNodes(children.map(wordsIn).join("")),
  a: (children, { href }, makeLink) => (href === undefined ? children : makeLink(children, href)),
};

/** What is open at the same time; more is text, as nobody writes that. */
const MOST_OPEN = 20;

/** What was found so far: outermost first, and what is not in any element that is open. */
interface Found {
  readonly done: PhrasingContent[];
  readonly open: Open[];
  readonly makeLink: MakeLink;
}

/**
 * Words in which tags of HTML became what they mean in Markdown. Comments vanish, all other HTML is text.
 *
 * @param isKept the tags that are looked at later, and stay as they are
 */
export function wordsOfHtml(
  nodes: readonly PhrasingContent[],
  isKept: (tag: Tag) => boolean,
  makeLink: MakeLink,
): PhrasingContent[] {
  const found: Found = { done: [], open: [], makeLink };
  for (const node of nodes) {
    const tag = node.type === "html" ? readTag(node.value) : undefined;
    if (node.type !== "html") give(found, [node]);
    else if (tag === undefined) give(found, isComment(node.value) ? [] : [textNode(node.value)]);
    else if (isKept(tag) && found.open.length === 0) give(found, [node]);
    else takeTag(found, tag, node.value);
  }
  forget(found, 0);
  return mergedTexts(found.done);
}

function takeTag(found: Found, tag: Tag, written: string): void {
  const { open } = found;
  const index = tag.isEnd ? open.findLastIndex((one) => one.tag.name === tag.name) : -1;
  if (tag.name === "br") give(found, [{ type: "break" }]);
  else if (isStart(tag, open.length)) open.push({ written, tag, children: [] });
  else if (index === -1) give(found, [textNode(written)]);
  else close(found, index);
}

function give({ done, open }: Found, nodes: readonly PhrasingContent[]): void {
  (open.at(-1)?.children ?? done).push(...nodes);
}

/** Ends an element; what was opened in it and never closed is text. */
function close(found: Found, index: number): void {
  forget(found, index + 1);
  const last = found.open.pop();
  if (last !== undefined) give(found, elementOf(last, found.makeLink));
}

/** Makes texts of the innermost tags, of which only some are left. */
function forget(found: Found, count: number): void {
  while (found.open.length > count) {
    const last = found.open.pop();
    if (last !== undefined) give(found, [textNode(last.written), ...last.children]);
  }
}

function isStart({ name, isEnd }: Tag, count: number): boolean {
  return !isEnd && Object.hasOwn(ELEMENTS, name) && count < MOST_OPEN;
}

function elementOf({ tag, children }: Open, makeLink: MakeLink): PhrasingContent[] {
  const merged = mergedTexts(children);
  const isEmpty = merged.map(wordsIn).join("").trim() === "";
  return isEmpty ? merged : (ELEMENTS[tag.name]?.(merged, tag, makeLink) ?? merged);
}
