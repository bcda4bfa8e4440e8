import type { ParsedFile, SearchNode } from "./find-references.js";
import { childrenOf, type Grammar, type NodeKind } from "./grammar.js";
import { isObject, member, stringMember } from "./json.js";
import type { JsonObject, JsonValue } from "./source.js";
import { trailPointer } from "./trail.js";

/** Something that a reference can name by a URI alone, wherever it stands. */
export interface Identified {
  /** Absolute; with a fragment for an anchor. */
  readonly uri: string;
  /** The URI of the resource that it belongs to, and that anchors in it are relative to; without fragment. */
  readonly base: string;
  readonly file: ParsedFile;
  /** Where it stands in the file. */
  readonly pointer: string;
  readonly value: JsonValue;
}

/** The URI that a relative one means (RFC 3986, 5.2), without fragment; `undefined` where it is none. */
export function absoluteUri(uri: string, base: string): string | undefined {
  if (!URL.canParse(uri, base)) return undefined;
  const absolute = new URL(uri, base);
  absolute.hash = "";
  return absolute.href;
}

/**
 * The base URI of the references at and below a schema: its `$id`, relative to the base around it (JSON Schema
 * 2020-12 core, 8.2.1). An `$id` that is only a fragment was an anchor until draft 7 (draft-wright-json-schema-01, 9.2).
 */
export function baseBelow(schema: JsonObject, base: string): string {
  const id = stringMember(schema, "$id");
  return id === undefined || id.startsWith("#") ? base : (absoluteUri(id, base) ?? base);
}

/**
 * Every URI of a schema: that of its `$id`, and one for each of its anchors (JSON Schema 2020-12 core, 8.2.2).
 *
 * @param node its `base` is that of its own references, `$id` included
 */
export function identifiersOf({ file, value, kind, trail, base }: SearchNode): Identified[] {
  if (kind !== "schema") return [];
  const id = stringMember(value, "$id");
  const anchors = [
    stringMember(value, "$anchor"),
    stringMember(value, "$dynamicAnchor"),
    id?.startsWith("#") === true ? id.slice(1) : undefined,
  ].flatMap((anchor) => (anchor === undefined || anchor === "" ? [] : [`${base}#${anchor}`]));
  const uris = id === undefined || id.startsWith("#") ? anchors : [base, ...anchors];
  if (uris.length === 0) return [];
  const pointer = trailPointer(trail);
  return uris.map((uri) => ({ uri, base, file, pointer, value }));
}

/**
 * The URIs of everything in a file, also of what nothing refers to yet: a reference by URI does not say where to
 * look. What the file is made of is guessed: an OpenAPI document, a schema, or schemas by name.
 *
 * @param base what references at its root are relative to
 */
export function identifiersIn(
  file: ParsedFile,
  base: string,
  grammar: Grammar,
): readonly Identified[] {
  const found: Identified[] = [];
  const seen = new Set<JsonObject>();
  const stack: SearchNode[] = rootsOf(file, base);
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node.value)) continue;
    seen.add(node.value);
    const below = node.kind === "schema" ? baseBelow(node.value, node.base) : node.base;
    found.push(...identifiersOf({ ...node, base: below }));
    for (const { value, kind, tokens } of childrenOf(node.value, node.kind, grammar))
      stack.push({ file, value, kind, trail: { before: node.trail, tokens }, base: below });
  }
  return found;
}

function rootsOf(file: ParsedFile, base: string): SearchNode[] {
  const { value } = file;
  if (!isObject(value)) return [];
  const node = (child: JsonObject, kind: NodeKind, ...tokens: string[]): SearchNode => ({
    file,
    value: child,
    kind,
    trail: tokens.length === 0 ? undefined : { before: undefined, tokens },
    base,
  });
  if (member(value, "openapi") !== undefined) return [node(value, "document")];
  const below = baseBelow(value, base);
  const entries = Object.entries(value).flatMap(([name, entry]) =>
    isObject(entry) ? [{ ...node(entry, "schema", name), base: below }] : [],
  );
  // The root comes last, and so is looked at first: what it knows of its members is no guess.
  return [...entries, node(value, "schema")];
}

/** The base URI of a file: an OpenAPI document from 3.2 on may say it itself, as `$self` (OpenAPI 3.2, 4.1.1). */
export function baseOfFile({ value, uri }: ParsedFile): string {
  const version = stringMember(value, "openapi");
  const self = stringMember(value, "$self");
  if (self === undefined || version === undefined || /^3\.[01]\./.test(version)) return uri;
  return absoluteUri(self, uri) ?? uri;
}
