import type { Heading, Node, RootContent } from "mdast";
import { nodesOf, shownText, type PageFile } from "./page-files.js";

/** What stands under a heading, up to the next one of its level or above. */
export interface Section {
  readonly title: string;
  /** The anchor that stands before the heading; `undefined` for none. */
  readonly anchor: string | undefined;
  /** Without the heading. */
  readonly nodes: readonly RootContent[];
}

/** The sections of a page whose headings have a level, in order. */
export function sectionsOf({ tree }: PageFile, depth: Heading["depth"]): readonly Section[] {
  return tree.children.flatMap((node, index) => {
    if (node.type !== "heading" || node.depth !== depth) return [];
    const rest = tree.children.slice(index + 1);
    const end = rest.findIndex((one) => one.type === "heading" && one.depth <= depth);
    const nodes = end < 0 ? rest : rest.slice(0, end);
    const title = shownText(node).trim();
    return [{ title, anchor: anchorOf(tree.children[index - 1]), nodes }];
  });
}

function anchorOf(node: RootContent | undefined): string | undefined {
  if (node?.type !== "paragraph") return undefined;
  const [first] = node.children;
  return first?.type === "html" ? /(?<=^<a id=")[^"]*(?="><?)/.exec(first.value)?.[0] : undefined;
}

/** Everything that a reader sees of a section. */
export function sectionText({ nodes }: Section): string {
  return nodes.map(shownText).join("\n");
}

/** Where the links of some nodes lead, as they are written. */
export function linksIn(nodes: readonly Node[]): readonly string[] {
  return nodes
    .flatMap((node) => [...nodesOf(node)])
    .flatMap((node) => (node.type === "link" ? [(node as { url?: string }).url ?? ""] : []));
}
