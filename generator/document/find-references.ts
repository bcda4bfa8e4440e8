import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, TextPlace } from "../diagnostics/diagnostic.js";
import {
  childrenOf,
  isTargetKind,
  misplacedReferences,
  type Grammar,
  type NodeKind,
  type TargetKind,
} from "./grammar.js";
import { baseBelow, identifiersOf, type Identified } from "./identifiers.js";
import { member, objectMember } from "./json.js";
import type { JsonObject, JsonValue, SourceFile } from "./source.js";
import { trailPointer, type Trail } from "./trail.js";

/** One parsed file of a document. */
export interface ParsedFile {
  /** Absolute path, symbolic links resolved, or the URL that it was fetched from: two names of one file are one file. */
  readonly path: string;
  /** The same as a URI, of scheme file or https: what its references are relative to (RFC 3986, 5.1.3). */
  readonly uri: string;
  readonly file: SourceFile;
  readonly value: JsonValue;
}

/** An object of the document to be searched. */
export interface SearchNode {
  readonly file: ParsedFile;
  readonly value: JsonObject;
  readonly kind: NodeKind;
  readonly trail: Trail | undefined;
  /** The URI that its references are relative to, without fragment. */
  readonly base: string;
}

/** A `$ref` or `$dynamicRef`, or what a discriminator has that is one in all but name. */
export interface FoundReference {
  readonly file: ParsedFile;
  /** The URI that it is relative to, without fragment. */
  readonly base: string;
  /** The object that has the URI, and the key under which it does. */
  readonly holder: JsonObject;
  readonly key: string;
  readonly uri: string;
  /** What the target has to be. */
  readonly kind: TargetKind;
  /** The way to the URI. */
  readonly trail: Trail;
}

/** Objects that were searched, by what they were searched as. */
export type Searched = Map<NodeKind, Set<JsonObject>>;

export type PlaceInFile = (file: ParsedFile, pointer: string) => TextPlace;

/** What a search comes upon. */
export interface Found {
  readonly references: readonly FoundReference[];
  /** Schemas by what other references may call them. */
  readonly identified: readonly Identified[];
  readonly findings: readonly Diagnostic[];
}

/** What a search needs to know besides where to begin. */
export interface SearchOptions {
  /** Gets the objects that were looked at; those that it has already are left out. */
  readonly searched: Searched;
  /** That of the root document, for files that it refers to name no version. */
  readonly grammar: Grammar;
  readonly place: PlaceInFile;
  /** Whether `$id`, `$anchor` and `$dynamicRef` mean something, as they do from OpenAPI 3.1 on. */
  readonly hasIdentifiers: boolean;
}

/**
 * Finds every reference at or below some objects, wherever OpenAPI allows one, and nowhere else. Works through a
 * stack of its own, so that no document is too deep for it.
 */
export function findReferences(nodes: readonly SearchNode[], options: SearchOptions): Found {
  const references: FoundReference[] = [];
  const identified: Identified[] = [];
  const findings: Diagnostic[] = [];
  const stack = [...nodes].reverse();
  for (let found = stack.pop(); found !== undefined; found = stack.pop()) {
    if (!markSearched(found, options.searched)) continue;
    const node = options.hasIdentifiers ? atItsBase(found) : found;
    if (options.hasIdentifiers) identified.push(...identifiersOf(node));
    references.push(...referencesIn(node, options));
    findings.push(...findingsIn(node, options.grammar, options.place));
    const { file, trail, base } = node;
    if (isReferenceObject(node)) continue;
    for (const { value, kind, tokens } of childrenOf(node.value, node.kind, options.grammar))
      stack.push({ file, value, kind, trail: { before: trail, tokens }, base });
  }
  return { references, identified, findings };
}

/** A schema with an `$id` has references, its own included, that are relative to that (JSON Schema, 8.2.1). */
function atItsBase(node: SearchNode): SearchNode {
  const base = node.kind === "schema" ? baseBelow(node.value, node.base) : node.base;
  return base === node.base ? node : { ...node, base };
}

function markSearched({ value, kind }: SearchNode, searched: Searched): boolean {
  const objects = searched.get(kind) ?? new Set();
  if (objects.has(value)) return false;
  searched.set(kind, objects.add(value));
  return true;
}

/** A Reference Object has no other fields that count (OpenAPI 3.1, 4.8.23); schemas and path items may have. */
function isReferenceObject({ value, kind }: SearchNode): boolean {
  return (
    kind !== "schema" &&
    kind !== "pathItem" &&
    isTargetKind(kind) &&
    typeof member(value, "$ref") === "string"
  );
}

function referencesIn(
  node: SearchNode,
  { hasIdentifiers }: SearchOptions,
): readonly FoundReference[] {
  const { kind } = node;
  if (kind === "discriminator") return mappedReferences(node);
  if (!isTargetKind(kind)) return [];
  const keys = hasIdentifiers && kind === "schema" ? SCHEMA_REFERENCES : REFERENCES;
  return keys.flatMap((key) => {
    const uri = member(node.value, key);
    return typeof uri === "string" ? [referenceIn(node, node.value, [key], uri, kind)] : [];
  });
}

const REFERENCES = ["$ref"];
/** Before 2020-12, `$dynamicRef` was called `$recursiveRef` (JSON Schema 2019-09, 8.2.4.2), which is not read. */
const SCHEMA_REFERENCES = ["$ref", "$dynamicRef"];

/** @param tokens from the node to the URI */
function referenceIn(
  { file, base, trail }: SearchNode,
  holder: JsonObject,
  tokens: readonly string[],
  uri: string,
  kind: TargetKind,
): FoundReference {
  const key = tokens.at(-1) ?? "";
  return { file, base, holder, key, uri, kind, trail: { before: trail, tokens } };
}

/**
 * A value of a mapping, and the default beside it, is the name of a schema or a URI (OpenAPI 3.2, "Discriminator
 * Object"); only the latter is a reference.
 */
function mappedReferences(node: SearchNode): readonly FoundReference[] {
  const mapping = objectMember(node.value, "mapping") ?? {};
  const entries = [
    ...Object.keys(mapping).map((key) => ({ holder: mapping, tokens: ["mapping", key] })),
    { holder: node.value, tokens: ["defaultMapping"] },
  ];
  return entries.flatMap(({ holder, tokens }) => {
    const uri = member(holder, tokens.at(-1) ?? "");
    if (typeof uri !== "string" || !/[#/]|\.(?:json|ya?ml)$/i.test(uri)) return [];
    return [referenceIn(node, holder, tokens, uri, "schema")];
  });
}

function findingsIn(
  { file, value, kind, trail }: SearchNode,
  grammar: Grammar,
  place: PlaceInFile,
): readonly Diagnostic[] {
  const pointer = (tokens: readonly string[]): string => trailPointer({ before: trail, tokens });
  const reference = member(value, "$ref");
  const isOdd = reference !== undefined && typeof reference !== "string" && isTargetKind(kind);
  return [
    ...misplacedReferences(value, kind, grammar).map((tokens) =>
      misplaced(place(file, pointer(tokens))),
    ),
    ...(isOdd ? [notText(place(file, pointer(["$ref"])))] : []),
  ];
}

function misplaced(place: TextPlace): Diagnostic {
  return diagnostic("misplaced-reference", {
    message: "OpenAPI allows no $ref in this place.",
    hint: "Refer to each entry by a $ref of its own, or write the entries here.",
    place,
  });
}

function notText(place: TextPlace): Diagnostic {
  return diagnostic("invalid-reference", {
    message: "A $ref must be a string.",
    hint: 'Write it like $ref: "#/components/schemas/Name".',
    place,
  });
}
