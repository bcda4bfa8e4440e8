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
import { member, objectMember } from "./json.js";
import { pointerTo } from "./pointer.js";
import type { JsonObject, JsonValue, SourceFile } from "./source.js";

/** One parsed file of a document. */
export interface ParsedFile {
  /** Absolute path, symbolic links resolved: two names of one file are one file. */
  readonly path: string;
  readonly file: SourceFile;
  readonly value: JsonValue;
}

/** The way from the root of a file to a value; pointers are made of it only where one is needed. */
export interface Trail {
  readonly before: Trail | undefined;
  readonly tokens: readonly string[];
}

/** An object of the document to be searched. */
export interface SearchNode {
  readonly file: ParsedFile;
  readonly value: JsonObject;
  readonly kind: NodeKind;
  readonly trail: Trail | undefined;
}

/** A `$ref`, or a value of `discriminator.mapping` that is one in all but name. */
export interface FoundReference {
  readonly file: ParsedFile;
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

/** The JSON pointer of a trail, or of something below its end. */
export function trailPointer(
  trail: Trail | undefined,
  ...below: readonly (string | number)[]
): string {
  const tokens = [...below];
  for (let step = trail; step !== undefined; step = step.before) tokens.unshift(...step.tokens);
  return pointerTo(...tokens);
}

/**
 * Finds every reference at or below some objects, wherever OpenAPI allows one, and nowhere else. Works through a
 * stack of its own, so that no document is too deep for it.
 *
 * @param searched gets the objects that were looked at; those that it has already are left out
 * @param grammar that of the root document, for files that it refers to name no version
 */
export function findReferences(
  nodes: readonly SearchNode[],
  searched: Searched,
  grammar: Grammar,
  place: PlaceInFile,
): { readonly references: readonly FoundReference[]; readonly findings: readonly Diagnostic[] } {
  const references: FoundReference[] = [];
  const findings: Diagnostic[] = [];
  const stack = [...nodes].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!markSearched(node, searched)) continue;
    references.push(...referencesIn(node));
    findings.push(...findingsIn(node, grammar, place));
    const { file, trail } = node;
    if (isReferenceObject(node)) continue;
    for (const child of childrenOf(node.value, node.kind, grammar)) {
      stack.push({
        file,
        value: child.value,
        kind: child.kind,
        trail: { before: trail, tokens: child.tokens },
      });
    }
  }
  return { references, findings };
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

function referencesIn({ file, value, kind, trail }: SearchNode): readonly FoundReference[] {
  if (kind === "discriminator") return mappedReferences({ file, value, kind, trail });
  const uri = member(value, "$ref");
  if (typeof uri !== "string" || !isTargetKind(kind)) return [];
  return [
    { file, holder: value, key: "$ref", uri, kind, trail: { before: trail, tokens: ["$ref"] } },
  ];
}

/** A mapping value is the name of a schema or a URI (OpenAPI 3.1, 4.8.25); only the latter is a reference. */
function mappedReferences({ file, value, trail }: SearchNode): readonly FoundReference[] {
  const mapping = objectMember(value, "mapping");
  if (mapping === undefined) return [];
  return Object.keys(mapping).flatMap((key) => {
    const uri = mapping[key];
    if (typeof uri !== "string" || !/[#/]|\.(?:json|ya?ml)$/i.test(uri)) return [];
    return [
      {
        file,
        holder: mapping,
        key,
        uri,
        kind: "schema",
        trail: { before: trail, tokens: ["mapping", key] },
      },
    ];
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
