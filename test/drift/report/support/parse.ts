import { gfm, gfmHtml } from "micromark-extension-gfm";
import { micromark } from "micromark";
import { parse, parseFragment, type DefaultTreeAdapterTypes } from "parse5";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** An element of a page, with what tests look at. */
export interface FoundElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** All text below it. */
  readonly text: string;
}

/** All elements of a page, in its order, read as browsers read it. */
export function elementsOfPage(html: string): readonly FoundElement[] {
  return elementsBelow(parse(html));
}

/** What GitHub Flavored Markdown becomes: all elements, those of HTML in it included, and the text that is no code. */
export function readMarkdown(markdown: string): {
  readonly elements: readonly FoundElement[];
  readonly prose: string;
} {
  const html = micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
  });
  const root = parseFragment(html);
  return { elements: elementsBelow(root), prose: proseOf(root) };
}

function proseOf(node: Node): string {
  if ("tagName" in node && node.tagName === "code") return "";
  if ("value" in node) return node.value;
  return "childNodes" in node ? node.childNodes.map(proseOf).join("") : "";
}

function elementsBelow(node: Node): readonly FoundElement[] {
  const children = "childNodes" in node ? node.childNodes : [];
  return children.flatMap((child) => [
    ...("tagName" in child ? [found(child)] : []),
    ...elementsBelow(child),
  ]);
}

function found(element: Element): FoundElement {
  const attributes = element.attrs.map(({ name, value }) => [name, value] as const);
  return {
    name: element.tagName,
    attributes: Object.fromEntries(attributes),
    text: textOf(element),
  };
}

function textOf(node: Node): string {
  if ("value" in node) return node.value;
  return "childNodes" in node ? node.childNodes.map(textOf).join("") : "";
}
