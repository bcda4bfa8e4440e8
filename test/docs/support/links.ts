import { posix } from "node:path";
import type { Node } from "mdast";
import { parseFragment, type DefaultTreeAdapterTypes } from "parse5";
import { nodesOf, shownText, type PageFile } from "./page-files.js";

const SCHEMES = new Set(["http:", "https:", "mailto:"]);

/** Every link that leads nowhere, or to what pages do not link, and every anchor that a page has twice. */
export function linkProblems(pages: readonly PageFile[]): readonly string[] {
  const anchors = new Map(pages.map((page) => [page.path, anchorsOf(page)]));
  return pages.flatMap((page) => [
    ...twice(explicitAnchors(page)).map((id) => `${page.path}: the anchor ${id} is there twice`),
    ...linksOf(page).flatMap(({ url, line }) => {
      const problem = linkProblem(url, page.path, anchors);
      return problem === undefined ? [] : [`${page.path}:${line}: ${url} ${problem}`];
    }),
  ]);
}

/** The pages and anchors that nobody comes to who follows links from the first page. */
export function unreachable(
  pages: readonly PageFile[],
  first: string,
  wanted: readonly string[],
): readonly string[] {
  const targets = new Map(
    pages.map((page) => [page.path, linksOf(page).map(({ url }) => resolved(url, page.path))]),
  );
  const reached = new Set([first]);
  const open = [first];
  for (let page = open.pop(); page !== undefined; page = open.pop()) {
    for (const target of targets.get(page) ?? []) {
      const [path = ""] = target.split("#");
      if (!reached.has(path) && targets.has(path)) open.push(path);
      reached.add(path).add(target);
    }
  }
  return [...pages.map(({ path }) => path), ...wanted].filter((one) => !reached.has(one));
}

interface Link {
  readonly url: string;
  readonly line: number;
}

/** Links, images and definitions alike. */
function linksOf({ tree }: PageFile): readonly Link[] {
  return [...nodesOf(tree)].flatMap((node) => {
    const line = node.position?.start.line ?? 0;
    if (node.type === "html") return htmlAttributes(node, "href").map((url) => ({ url, line }));
    return "url" in node ? [{ url: String(node.url), line }] : [];
  });
}

function linkProblem(
  url: string,
  from: string,
  anchors: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  if (/^[a-z][a-z\d+.-]*:/i.test(url)) {
    const isKnown = URL.canParse(url) && SCHEMES.has(new URL(url).protocol);
    return isKnown ? undefined : "has a scheme that pages do not link";
  }
  const [path = "", anchor] = resolved(url, from).split("#");
  const there = anchors.get(path);
  if (there === undefined) return "leads to no page";
  return anchor === undefined || there.has(anchor) ? undefined : "leads to no anchor";
}

/** Where a link leads, relative to the folder of the pages. */
function resolved(url: string, from: string): string {
  const [path = "", anchor] = decodeURI(url).split("#");
  const page = path === "" ? from : posix.join(posix.dirname(from), path);
  return anchor === undefined ? page : `${page}#${anchor}`;
}

/** All that a link can lead to on a page: anchors of its own, and those that GitHub makes of headings. */
function anchorsOf(page: PageFile): ReadonlySet<string> {
  const anchors = new Set(explicitAnchors(page));
  const seen = new Map<string, number>();
  for (const node of nodesOf(page.tree)) {
    if (node.type !== "heading") continue;
    const slug = slugOf(shownText(node));
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return anchors;
}

function slugOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}

function explicitAnchors({ tree }: PageFile): readonly string[] {
  return [...nodesOf(tree)].flatMap((node) =>
    node.type === "html" ? htmlAttributes(node, "id") : [],
  );
}

/** The values of an attribute in a piece of HTML. */
function htmlAttributes(node: Node, name: string): readonly string[] {
  const { value } = node as { value?: string };
  if (value === undefined || value.startsWith("</")) return [];
  return elementsOf(parseFragment(value)).flatMap(({ attrs }) =>
    attrs.filter((attribute) => attribute.name === name).map((attribute) => attribute.value),
  );
}

function elementsOf(
  node: DefaultTreeAdapterTypes.ParentNode,
): readonly DefaultTreeAdapterTypes.Element[] {
  return node.childNodes.flatMap((child) =>
    "attrs" in child ? [child, ...elementsOf(child)] : [],
  );
}

function twice(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}
