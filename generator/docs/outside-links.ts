import type { ExternalDocs } from "../reference/about.js";
import { inlineText } from "./markdown/inline-text.js";
import type { PageContext } from "./markdown/page-context.js";
import type { Writing } from "./writing.js";

/**
 * A link out of the pages, on one line; the words alone where nothing can be opened safely under the URL.
 *
 * @param words plain text; without any, the URL is shown
 */
export function outsideLink(
  words: string | undefined,
  url: string | undefined,
  context: PageContext,
): string {
  const text = escaped(words?.trim() ?? "");
  if (url === undefined) return inlineText(text, context);
  // What ends the URL in Markdown is no part of one (RFC 3986, 2).
  return inlineText(`[${text}](<${url.trim().replace(/[\s<>\\]/g, encodeURIComponent)}>)`, context);
}

/** Text in which nothing means anything in Markdown (CommonMark 0.31, 2.4). */
function escaped(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[!-/:-@[-`{-~]/g, "\\$&");
}

/** Where there is more to read, as a paragraph. */
export function externalDocsText(docs: ExternalDocs | undefined, writing: Writing): string {
  if (docs === undefined) return "";
  const target = outsideLink(docs.description, docs.url, writing);
  return target === "" ? "" : writing.fill("external-docs", { target });
}
