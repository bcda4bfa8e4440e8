import type { PhrasingContent } from "mdast";
import { linkFrom } from "../page-paths.js";
import type { MakeLink } from "./html-words.js";
import type { PageContext } from "./page-context.js";
import { mergedTexts, trimmed, wordsIn } from "./nodes.js";

/** Where links may lead out of the pages (RFC 9110, 4.2; RFC 6068). */
const OUTSIDE = /^(?:https?:\/\/|mailto:)\S/i;

/**
 * Links of a document: out of the pages, or to what its own places are called here. All others are their words: a path
 * would be one of the server on which the pages are, and nothing else can be opened safely.
 */
export function linkMaker({ paths, page }: PageContext): MakeLink {
  return (children, url) => {
    const place = paths.ofReference(url);
    const target = place === undefined ? outside(url) : linkFrom(page, place);
    const words = withoutLinks(children);
    const hasWords = words.map(wordsIn).join("").trim() !== "";
    if (target === undefined) return words;
    return [
      {
        type: "link",
        url: target,
        children: hasWords ? trimmed(words) : [{ type: "text", value: target }],
      },
    ];
  };
}

function outside(url: string): string | undefined {
  return OUTSIDE.test(url) ? url.toWellFormed().replace(UNSEEN, encodeURIComponent) : undefined;
}

/** What nobody would see, and what ends a URL. */
const UNSEEN = /[\s\p{Cc}\p{Cf}<>"`\\]/gu;

/** A link has no links in it. */
function withoutLinks(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const plain = nodes.flatMap((node): PhrasingContent[] => {
    if (node.type === "link") return withoutLinks(node.children);
    return "children" in node ? [{ ...node, children: withoutLinks(node.children) }] : [node];
  });
  return mergedTexts(plain);
}
