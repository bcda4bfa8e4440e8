import type { Element, ElementContent, Nodes, Properties, Root } from "hast";
import type { Html } from "mdast";
import { toHast } from "mdast-util-to-hast";
import { depthOf, parse } from "../docs/markdown/parse.js";
import type { Page } from "../docs/page.js";
import { breakable } from "./breakable.js";
import { element } from "./element.js";
import { highlighted } from "./highlight.js";
import { siteLink } from "./site-paths.js";

/** A page as elements of HTML. */
export interface PageContent {
  readonly content: readonly ElementContent[];
  /** Its sections: the headings of the second level. */
  readonly sections: readonly Section[];
}

export interface Section {
  readonly id: string;
  readonly text: string;
}

/** What is known while the elements of a page are made. */
interface Making {
  readonly path: Page["path"];
  readonly pages: ReadonlySet<string>;
  /** The ids that are taken, those of all anchors from the start. */
  readonly ids: Set<string>;
  readonly sections: Section[];
  /** Whether columns want names that can be broken; in a text a name goes to the next line as a whole. */
  readonly isInTable: boolean;
}

/** The elements that a page can have; of any other one only what is in it is kept. */
const ALLOWED: ReadonlySet<string> = new Set(
  "blockquote br del em hr li ol p pre strong table tbody td th thead tr ul".split(" "),
);

/** The HTML that pages have, besides comments: anchors, and line breaks in the cells of tables. */
const ANCHOR = /^<a id="([\w$.-]+)">$/;
const BREAK = /^<br ?\/?>$/;

/** How deep the parts of a page can be in each other; a page with deeper ones is shown as it is written. */
const DEEPEST = 200;

/** How many UTF-16 units of a heading make its id. */
const LONGEST_SLUG = 60;

/**
 * Makes the elements of a page. All are made anew, so that nothing gets onto the site but what is made here, whatever
 * a page says.
 *
 * @param pages the paths of all pages, for links
 */
export function pageContent({ path, text }: Page, pages: ReadonlySet<string>): PageContent {
  const ids = new Set<string>();
  const html = (_state: unknown, node: Html): Element | undefined => {
    if (BREAK.test(node.value)) return element("br", {});
    const id = ANCHOR.exec(node.value)?.[1];
    if (id === undefined || ids.has(id)) return undefined;
    ids.add(id);
    return element("a", { id });
  };
  const markdown = parse(text, true);
  if (depthOf(markdown.children) > DEEPEST) return { content: [plainText(text)], sections: [] };
  const tree = toHast(markdown, { handlers: { html } });
  const making: Making = { path, pages, ids, sections: [], isInTable: false };
  const content = pageBlocks(tree.type === "root" ? tree : { type: "root", children: [] }, making);
  return { content, sections: making.sections };
}

function plainText(text: string): Element {
  return element("pre", { tabIndex: 0 }, element("code", {}, text));
}

/* ----------------------------------------------------------------- headings */

/** The blocks of a page. An anchor before a heading is the id of the heading. */
function pageBlocks({ children }: Root, making: Making): readonly ElementContent[] {
  const blocks: ElementContent[] = [];
  const anchors: string[] = [];
  const scope = { id: "" };
  for (const node of children) {
    const own = anchorsOf(node);
    const level = headingLevel(node);
    if (own.length > 0) anchors.push(...own);
    else if (level !== undefined) {
      const id = anchors.pop() ?? freeId(level > 2 ? scope.id : "", textOf(node), making.ids);
      blocks.push(...anchors.splice(0).map(anchor), heading(node, level, id, making));
      if (level <= 2) scope.id = level === 2 ? id : "";
    } else blocks.push(...contentOf(node, making));
  }
  return [...blocks, ...anchors.map(anchor)];
}

/** The ids of a paragraph that has nothing but anchors; empty for anything else. */
function anchorsOf(node: Nodes): readonly string[] {
  if (node.type !== "element" || node.tagName !== "p" || textOf(node).trim() !== "") return [];
  return node.children.flatMap((child) =>
    child.type === "element" && child.tagName === "a" ? [String(child.properties.id)] : [],
  );
}

function headingLevel(node: Nodes): number | undefined {
  const level = node.type === "element" ? /^h([1-6])$/.exec(node.tagName)?.[1] : undefined;
  return level === undefined ? undefined : Number(level);
}

function heading(node: Nodes, level: number, id: string, making: Making): Element {
  const text = textOf(node);
  if (level === 2) making.sections.push({ id, text });
  const link = element("a", { className: ["link"], href: `#${id}`, ariaLabel: `Link to ${text}` });
  const content = childrenOf(node, making);
  return element(`h${level}`, { id }, ...content, ...(level === 1 ? [] : [link]));
}

/** An id made of the text of a heading and of the one above it, so that it stays when others come and go. */
function freeId(above: string, text: string, ids: Set<string>): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ["section"];
  const stem = [above, words.join("-").slice(0, LONGEST_SLUG)].filter((part) => part !== "");
  const id = stem.join("-");
  let free = id;
  for (let count = 2; ids.has(free); count += 1) free = `${id}-${count}`;
  ids.add(free);
  return free;
}

function anchor(id: string): Element {
  return element("a", { id });
}

/* ------------------------------------------------------------------ elements */

/** What becomes of a node: itself, made anew, or what is in it. */
function contentOf(node: Nodes, making: Making): readonly ElementContent[] {
  if (node.type === "text") return [node];
  if (node.type !== "element") return [];
  const { tagName, properties } = node;
  if (tagName === "a") return link(node, making);
  if (tagName === "img") return [{ type: "text", value: properties.alt ?? "" }];
  if (tagName === "pre") return [codeBlock(node)];
  if (tagName === "code") return [inlineCode(textOf(node), making)];
  if (tagName === "table") return [scrolling(node, { ...making, isInTable: true })];
  if (headingLevel(node) !== undefined) return [element(tagName, {}, ...childrenOf(node, making))];
  if (!ALLOWED.has(tagName)) return childrenOf(node, making);
  return [element(tagName, keptProperties(node), ...childrenOf(node, making))];
}

function childrenOf(node: Nodes, making: Making): readonly ElementContent[] {
  return "children" in node ? node.children.flatMap((child) => contentOf(child, making)) : [];
}

function keptProperties({ tagName, properties }: Element): Properties {
  const { align, start } = properties;
  if (tagName === "ol" && typeof start === "number") return { start };
  return (tagName === "td" || tagName === "th") && typeof align === "string" ? { align } : {};
}

function link(node: Element, making: Making): readonly ElementContent[] {
  const { id, href } = node.properties;
  const content = childrenOf(node, making);
  if (typeof id === "string") return [anchor(id)];
  const target = typeof href === "string" ? siteLink(href, making.path, making.pages) : undefined;
  if (target === undefined) return content;
  const rel = /^[a-z]+:/i.test(target) ? { rel: ["nofollow", "noreferrer"] } : {};
  return [element("a", { href: target, ...rel }, ...content)];
}

function codeBlock(node: Element): Element {
  const [code] = node.children;
  const classes = code?.type === "element" ? code.properties.className : undefined;
  const names = Array.isArray(classes) ? classes.map(String) : [];
  const language = names.find((name) => name.startsWith("language-"))?.slice("language-".length);
  const content = highlighted(textOf(node), language ?? "");
  return element("pre", { tabIndex: 0 }, element("code", {}, ...content));
}

/** What is wider than a phone scrolls by itself, by keys too. */
function scrolling(table: Element, making: Making): Element {
  const properties = { className: ["wide"], tabIndex: 0, role: "group", ariaLabel: "Table" };
  return element("div", properties, element("table", {}, ...childrenOf(table, making)));
}

function inlineCode(text: string, { isInTable }: Making): Element {
  return element("code", {}, ...(isInTable ? breakable(text) : [text]));
}

function textOf(node: Nodes): string {
  if (node.type === "text") return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
}
