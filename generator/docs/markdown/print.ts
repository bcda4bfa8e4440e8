import type { Paragraph, PhrasingContent, Root, RootContent, Text } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { defaultHandlers, type Handle, type Options, toMarkdown } from "mdast-util-to-markdown";

/** The HTML that may be in a page. */
const OWN_HTML = /^(?:<br>|<a id="[\w-]+"><\/a>)$/;

const text: Handle = (node: Text, parent, state, info) =>
  // Within a word an underscore means nothing (CommonMark 0.31, 6.2). The first and last letter of a text may become
  // references, which are no letters.
  defaultHandlers
    .text(node, parent, state, info)
    .replace(/(?<=[A-Za-z0-9]{2})\\_(?=[A-Za-z0-9]{2})/g, "_");

const html: Handle = (node: { readonly value: string }) => {
  if (!OWN_HTML.test(node.value))
    throw new Error(`${JSON.stringify(node.value)} may not be printed`);
  return node.value;
};

const OPTIONS: Options = {
  bullet: "-",
  emphasis: "*",
  rule: "-",
  listItemIndent: "one",
  handlers: { text, html },
  extensions: [gfmToMarkdown({ tablePipeAlign: false })],
  // Between two of them GitHub sees a formula.
  unsafe: [{ character: "$", inConstruct: "phrasing" }],
};

/** Blocks as Markdown, without a line break at the end. */
export function printBlocks(children: RootContent[]): string {
  const root: Root = { type: "root", children };
  return toMarkdown(root, OPTIONS).trimEnd();
}

/** Words as Markdown on one line. */
export function printWords(children: PhrasingContent[]): string {
  const paragraph: Paragraph = { type: "paragraph", children };
  return toMarkdown(paragraph, OPTIONS).trim();
}
