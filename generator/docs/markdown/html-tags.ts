/** A tag of HTML, as far as it means anything to us. */
export interface Tag {
  /** In small letters. */
  readonly name: string;
  readonly isEnd: boolean;
  readonly href: string | undefined;
}

const TAG = /^<(\/?)([a-z][a-z0-9-]*)([\s/>][\s\S]*)$/i;
const HREF = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))/i;

/** Reads what Markdown takes for a piece of HTML (CommonMark 0.31, 6.6); `undefined` for what is no tag. */
export function readTag(html: string): Tag | undefined {
  const [, slash, name = "", rest = ""] = TAG.exec(html) ?? [];
  if (name === "") return undefined;
  const [, double, single, bare] = HREF.exec(rest) ?? [];
  const href = (double ?? single ?? bare)?.replaceAll("&amp;", "&");
  return { name: name.toLowerCase(), isEnd: slash === "/", href };
}

export function isComment(html: string): boolean {
  return html.startsWith("<!--");
}
