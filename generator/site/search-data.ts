import MiniSearch from "minisearch";
import { visible } from "../diagnostics/quoted.js";
import type { PagePaths } from "../docs/page-paths.js";
import type { DeclarationShape } from "../model/api-model.js";
import type { OperationReference, Reference } from "../reference/reference.js";
import type { TypeNode } from "../types/type-node.js";
import { htmlPath } from "./site-paths.js";

/** Something that can be found. All texts are visible already. */
export interface Entry {
  readonly kind: "class" | "model" | "operation";
  readonly service: string;
  readonly title: string;
  /** What tells it from others of the name: method and path of an operation. */
  readonly detail: string;
  readonly summary: string;
  /** Relative to the root of the site. */
  readonly href: string;
  /** What it is found by, too: an operationId, the names of properties. */
  readonly words: string;
}

/** The fields that are searched in, and how much a hit in each counts. */
export const SEARCH_FIELDS = { title: 6, detail: 2, summary: 2, words: 1 } as const;

/** How many properties of a model it can be found by, and how many UTF-16 units of a summary are kept. */
const PROPERTIES = 200;
const SUMMARY = 160;

/** Everything of a service that can be found: classes and their operations, then models. */
export function searchEntries(
  service: string,
  folder: string,
  reference: Reference,
  paths: PagePaths,
): readonly Entry[] {
  const hrefOf = (path: string): string => {
    const [page = "", anchor] = path.split("#", 2);
    return `${folder}${htmlPath(page)}${anchor === undefined ? "" : `#${anchor}`}`;
  };
  const classes = reference.classes.flatMap(({ className, tag, operations }) => [
    entry("class", service, className, tag ?? "", "", hrefOf(paths.ofClass(className)), ""),
    ...operations.map((operation) => operationEntry(service, operation, paths, hrefOf)),
  ]);
  const models = reference.models.map(({ declaration: { name, shape } }) => {
    const words = propertyNames(shape).slice(0, PROPERTIES).join(" ");
    return entry("model", service, name, "", "", hrefOf(paths.ofType(name) ?? ""), words);
  });
  return [...classes, ...models];
}

function operationEntry(
  service: string,
  { className, methodName, method, path, summary = "", operationId = "" }: OperationReference,
  paths: PagePaths,
  hrefOf: (path: string) => string,
): Entry {
  const href = hrefOf(paths.ofMethod(className, methodName));
  const words = `${operationId} ${className}`;
  return entry("operation", service, methodName, `${method} ${path}`, summary, href, words);
}

function entry(
  kind: Entry["kind"],
  service: string,
  title: string,
  detail: string,
  summary: string,
  href: string,
  words: string,
): Entry {
  return {
    kind,
    service,
    title: visible(title),
    detail: visible(detail),
    summary: visible(summary.slice(0, SUMMARY).replaceAll(/\s+/g, " ").trim()),
    href,
    words: visible(words),
  };
}

/** The names of the properties of a type, those in its parts too, but not those of other named types. */
function propertyNames(shape: DeclarationShape): readonly string[] {
  const open: TypeNode[] = [shape.kind === "interface" ? shape.object : shape.type];
  const names = new Set<string>();
  for (let node = open.pop(); node !== undefined && names.size < PROPERTIES; node = open.pop()) {
    if (node.kind === "object")
      for (const { name, type } of node.members) {
        names.add(name);
        open.push(type);
      }
    else if (node.kind === "array") open.push(node.element);
    else if (node.kind === "union" || node.kind === "intersection") open.push(...node.members);
  }
  return [...names];
}

/**
 * The script that brings what the search needs: the entries, and their index as MiniSearch keeps it, which a browser
 * reads in a fraction of the time in which it would make it. No text of it can end a script: there is no `<` in it.
 */
export function searchScript(entries: readonly Entry[]): string {
  const index = new MiniSearch<Entry & { readonly id: number }>({
    fields: Object.keys(SEARCH_FIELDS),
  });
  index.addAll(
    entries.map((each, id) => ({
      ...each,
      id,
      title: withParts(each.title),
      words: withParts(each.words),
    })),
  );
  const shown = entries.map(({ kind, service, title, detail, summary, href }) => [
    kind,
    service,
    title,
    detail,
    summary,
    href,
  ]);
  const data = { boost: SEARCH_FIELDS, entries: shown, index: index.toJSON() };
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return `globalThis.driftlineSearch = ${json.replaceAll(/[\u2028\u2029]/g, escaped)};\n`;
}

/** A name, and the words that it is made of: `getVideo` is found by `video`. */
function withParts(text: string): string {
  const parts = text.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu) ?? [];
  return [text, ...new Set(parts)].join(" ");
}

function escaped(character: string): string {
  return character === "\u2028" ? "\\u2028" : "\\u2029";
}
