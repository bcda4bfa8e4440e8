import type { ExternalDocs } from "../reference/about.js";
import { linkMaker } from "./markdown/links.js";
import { textNode } from "./markdown/nodes.js";
import type { PageContext } from "./markdown/page-context.js";
import { plainLink } from "./markdown/plain.js";
import { printWords } from "./markdown/print.js";
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
  const text = words?.trim().replaceAll(/\s+/g, " ") ?? "";
  const link = plainLink(text, url ?? "");
  if (link !== undefined && context.paths.ofReference(url ?? "") === undefined) return link;
  const nodes = text === "" ? [] : [textNode(text)];
  return printWords(url === undefined ? nodes : linkMaker(context)(nodes, url.trim()));
}

/** Where there is more to read, as a paragraph. */
export function externalDocsText(docs: ExternalDocs | undefined, writing: Writing): string {
  if (docs === undefined) return "";
  const target = outsideLink(docs.description, docs.url, writing);
  return target === "" ? "" : writing.fill("external-docs", { target });
}
