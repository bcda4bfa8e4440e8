import type { Catalogue } from "./catalogue.js";
import type { FoundReference, ParsedFile } from "./find-references.js";
import type { Opened } from "./graph.js";
import { baseOfFile, type Identified } from "./identifiers.js";
import { isObject } from "./json.js";
import { pointerTokens, resolvePointer } from "./pointer.js";
import type { Address, Refusal } from "./reference-policy.js";
import type { JsonValue } from "./source.js";
import { trailPointer, type Trail } from "./trail.js";

/** Where a reference leads. */
export interface ReferenceTarget {
  readonly file: ParsedFile;
  readonly pointer: string;
  readonly value: JsonValue;
  readonly trail: Trail | undefined;
  /** Whether that is not what the reference says, but what it must mean. */
  readonly isGuessed?: boolean;
}

/** What is known so far. */
interface Known {
  readonly catalogue: Catalogue;
  /** By location. */
  readonly opened: ReadonlyMap<string, Opened>;
}

/** Tells a refusal from a target. */
export function isRefusal(found: ReferenceTarget | Refusal): found is Refusal {
  return "code" in found;
}

/**
 * The value that a reference leads to, among all that is known.
 *
 * @param isLenient whether a reference that leads to nothing relative to an `$id` is taken as relative to the file
 */
export function targetOf(
  reference: FoundReference,
  address: Address,
  known: Known,
  isLenient: boolean,
): ReferenceTarget | Refusal {
  const found = exactTarget(reference, address, known);
  if (!isRefusal(found) || !isLenient) return found;
  const guess = guessedTarget(reference, address, known);
  return guess ?? found;
}

function exactTarget(
  reference: FoundReference,
  { uri, fragment, location, refusal }: Address,
  { catalogue, opened }: Known,
): ReferenceTarget | Refusal {
  const [resource, ...others] = catalogue.find(uri);
  if (others.length > 0) return AMBIGUOUS;
  if (resource !== undefined) return inResource(resource, fragment, reference, catalogue);
  if (refusal !== undefined) return refusal;
  const entry = location === undefined ? undefined : opened.get(location);
  if (entry?.refusal !== undefined) return entry.refusal;
  if (entry?.file === undefined) return UNRESOLVED;
  const { file } = entry;
  const [root] = catalogue.find(file.uri);
  return root === undefined ? UNRESOLVED : inResource(root, fragment, reference, catalogue);
}

/**
 * Many documents have `$id`s that nobody heeds, and write references as if there were none. The `$self` of a document
 * is no such case: it tells where its files are published, and here they lie in the same order.
 */
function guessedTarget(
  reference: FoundReference,
  { fragment, beside }: Address,
  { catalogue, opened }: Known,
): ReferenceTarget | undefined {
  const { file, base, uri } = reference;
  if (base === file.uri) return undefined;
  const meant = beside === undefined ? undefined : opened.get(beside)?.file;
  const found = uri.startsWith("#") ? file : meant;
  const [root] = found === undefined ? [] : catalogue.find(found.uri);
  if (root === undefined) return undefined;
  const target = inResource(root, fragment, reference, catalogue);
  if (isRefusal(target)) return undefined;
  return { ...target, isGuessed: base !== baseOfFile(file) };
}

/** What a fragment means in a resource: all of it, a JSON pointer (RFC 6901, 6), or an anchor. */
function inResource(
  resource: Identified,
  fragment: string,
  reference: FoundReference,
  catalogue: Catalogue,
): ReferenceTarget | Refusal {
  const { kind } = reference;
  if (fragment !== "" && !fragment.startsWith("/")) {
    const uri = `${resource.base}#${fragment}`;
    const [anchored, ...others] =
      reference.key === "$dynamicRef"
        ? catalogue.findNearest(uri, reference.file, pointerTokens(trailPointer(reference.trail)))
        : catalogue.find(uri);
    if (others.length > 0) return AMBIGUOUS;
    return anchored === undefined ? NO_ANCHOR : inResource(anchored, "", reference, catalogue);
  }
  const value = resolvePointer(resource.value, fragment);
  if (value === undefined) return UNRESOLVED;
  if (!isObject(value) && !(kind === "schema" && typeof value === "boolean")) return NO_OBJECT;
  const pointer = resource.pointer + fragment;
  const tokens = pointerTokens(pointer);
  return { file: resource.file, pointer, value, trail: { before: undefined, tokens } };
}

const UNRESOLVED: Refusal = {
  code: "unresolved-reference",
  problem: "leads to nothing",
  hint: "Correct the path, or add what it should lead to. A / in a key is written ~1 there, and a ~ is written ~0.",
};

const NO_OBJECT: Refusal = {
  code: "unresolved-reference",
  problem: "leads to something that is no object",
  hint: "Correct the path so that it leads to the object that is meant.",
};

const NO_ANCHOR: Refusal = {
  code: "unresolved-reference",
  problem: "has a fragment that is no JSON pointer, and no schema there has such an $anchor",
  hint: 'Write it like $ref: "#/components/schemas/Name", or give the schema this $anchor (OpenAPI 3.1 or later).',
};

const AMBIGUOUS: Refusal = {
  code: "ambiguous-reference",
  problem: "leads to several schemas, for they have the same $id or the same anchor",
  hint: "Give each schema an $id or anchor of its own.",
};
