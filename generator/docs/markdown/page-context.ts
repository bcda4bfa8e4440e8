import type { PagePaths } from "../page-paths.js";

/** What text needs to know of the page that it gets on. */
export interface PageContext {
  readonly paths: PagePaths;
  /** The page, relative to the folder of the pages. */
  readonly page: string;
  /** What texts became: most of them are on several pages. */
  readonly memo: Map<string, string>;
}

/** Makes the contexts of pages that are printed together. */
export function pageContexts(paths: PagePaths): (page: string) => PageContext {
  const memo = new Map<string, string>();
  return (page) => ({ paths, page, memo });
}

/**
 * What was made of a text before, or what is made of it now.
 *
 * @param kind what else the result depends on
 */
export function remembered(
  { memo, page }: PageContext,
  kind: string,
  text: string,
  make: () => string,
): string {
  // Links to places of the document differ from page to page.
  const key = `${kind} ${text.includes("#") ? page : ""} ${text}`;
  const known = memo.get(key);
  if (known !== undefined) return known;
  const made = make();
  memo.set(key, made);
  return made;
}
