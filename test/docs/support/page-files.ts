import { readdirSync, readFileSync } from "node:fs";
import type { Code, Node, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { repository } from "../../support/repository.js";

/** A page as a reader of Markdown has it. */
export interface PageFile {
  /** Relative to the folder of the pages, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly tree: Root;
}

/** A block of code of a page. */
export interface CodeBlock {
  readonly page: string;
  /** The line of the page on which its first line stands, from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

/** The folder of the pages of a service. */
export function pagesFolder(service: string): string {
  return repository(`generated/${service}/docs`);
}

/** The pages of a service as they lie in the repository, by path. */
export function readPages(service: string): readonly PageFile[] {
  const folder = pagesFolder(service);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => pageOf(name, readFileSync(`${folder}/${name}`, "utf8")));
}

/** A page of a text. It is parsed when somebody asks for its tree: that takes long. */
export function pageOf(path: string, text: string): PageFile {
  let tree: Root | undefined;
  return {
    path,
    text,
    get tree() {
      tree ??= fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
      return tree;
    },
  };
}

/** Everything below a node, in the order of the page. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const child of (node as Partial<Root>).children ?? []) yield* nodesOf(child);
}

/** All blocks of code of a page. */
export function codeBlocks({ path, tree }: PageFile): readonly CodeBlock[] {
  return blocksIn(tree.children, path);
}

/** The blocks of a page that are whole programs; `typescript` is the language of everything else. */
export function programsOf({ path, tree }: PageFile): readonly CodeBlock[] {
  return programsIn(tree.children, path);
}

/** The programs in a part of a page. */
export function programsIn(nodes: readonly Node[], page: string): readonly CodeBlock[] {
  return blocksIn(nodes, page).filter(({ language }) => language === "ts");
}

/** All blocks of code in a part of a page. */
export function blocksIn(nodes: readonly Node[], page: string): readonly CodeBlock[] {
  return nodes
    .flatMap((node) => [...nodesOf(node)])
    .flatMap((node) => {
      if (node.type !== "code") return [];
      const { lang, value, position } = node as Code;
      const line = (position?.start.line ?? 0) + 1;
      return [{ page, line, language: lang ?? "", text: `${value}\n` }];
    });
}

/** What a reader sees of a node: no mark of Markdown, and no comment. */
export function shownText(node: Node): string {
  return [...nodesOf(node)]
    .map((one) => (one.type === "html" || !("value" in one) ? "" : String(one.value)))
    .join(" ");
}
