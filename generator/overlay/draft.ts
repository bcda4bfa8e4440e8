import { isObject, setMember } from "../document/json.js";
import { childPointer, pointerTo } from "../document/pointer.js";
import type { JsonObject, JsonValue, Source } from "../document/source.js";
import {
  draftOf,
  originLeaf,
  originOfChild,
  originsOf,
  originTree,
  type Origin,
  type OriginDraft,
  type OriginNode,
} from "./origins.js";
import type { Location } from "./query.js";

type Container = JsonObject | JsonValue[];

/**
 * A document that is being changed, with the origins of its values. Values are shared, through YAML aliases as well as
 * by actions, so that what is changed is copied first, once: the source stays as it is.
 */
export interface Draft {
  document: JsonObject;
  origins: OriginDraft;
  /** The objects and lists that were copied for this draft and stand in one place of it, with their origins. */
  own: Map<Container, OriginDraft>;
}

/** A value that is put into a document, and where it and all in it comes from. */
export interface Addition {
  readonly value: JsonValue;
  readonly origin: OriginNode;
}

/** Values that cannot be merged: an object and a text, for example. */
export interface Mismatch {
  /** Of the value that stands in the document. */
  readonly pointer: string;
  readonly present: JsonValue;
  readonly added: JsonValue;
  /** Where what was to be added comes from. */
  readonly origin: Origin;
}

/** Begins to change a source. */
export function draftFrom(source: Source): Draft {
  const document = { ...source.document };
  const origins = draftOf(originTree(source));
  return { document, origins, own: new Map([[document, origins]]) };
}

/** The source that a draft has become. */
export function sourceFrom(draft: Draft, source: Source): Source {
  return { ...source, document: draft.document, origins: originsOf(draft.origins) };
}

/** A value of the draft as it is now, however the draft is changed later. */
export function snapshotAt(draft: Draft, location: Location, value: JsonValue): Addition {
  // Whoever changes what is in the snapshot now has to copy it first.
  draft.own = new Map();
  let origin: OriginNode = draft.origins;
  for (const token of location) origin = originOfChild(origin, token);
  return { value, origin };
}

/** A value of a file, as it is added to a draft. */
export function additionFrom(value: JsonValue, origin: Origin): Addition {
  return { value, origin: originLeaf(origin) };
}

/**
 * Merges a value into one of the draft (Overlay 1.1.0, "Action Object"): objects by their members, lists one after the
 * other; other values take the place of each other. What is added to a list and is none becomes an item of it.
 */
export function mergeAt(draft: Draft, location: Location, addition: Addition): readonly Mismatch[] {
  const last = location.at(-1);
  if (last === undefined) return mergeRoot(draft, addition);
  const parent = ownAt(draft, location.slice(0, -1));
  const present = childOf(parent.container, last);
  const isItem = Array.isArray(present) && !Array.isArray(addition.value);
  return isItem
    ? appendItem(draft, parent, last, addition)
    : mergeMember(draft, parent, last, addition, pointerTo(...location));
}

function mergeRoot(draft: Draft, addition: Addition): readonly Mismatch[] {
  const root = ownAt(draft, []);
  if (!isObject(addition.value) || !isObject(root.container))
    return [mismatch("", root.container, addition)];
  return mergeMembers(draft, root, addition.value, addition.origin, "");
}

/** An object or a list that belongs to the draft alone, and the origins of what is in it. */
interface Owned {
  readonly container: Container;
  readonly origins: OriginDraft;
}

/** What stands at a location, copied where anything else may share it. */
function ownAt(draft: Draft, location: Location): Owned {
  const { document } = draft;
  const origins = draft.own.get(document) ?? takeRoot(draft);
  let owned: Owned = { container: draft.document, origins };
  for (const token of location) owned = ownChild(draft, owned, token);
  return owned;
}

function takeRoot(draft: Draft): OriginDraft {
  draft.document = { ...draft.document };
  draft.origins = draftOf(draft.origins);
  draft.own.set(draft.document, draft.origins);
  return draft.origins;
}

function ownChild(draft: Draft, { container, origins }: Owned, token: string | number): Owned {
  const child = childOf(container, token);
  if (child === null || typeof child !== "object")
    throw new Error(`There is no object or list at ${token}.`);
  const known = draft.own.get(child);
  if (known !== undefined) return { container: child, origins: known };
  const copy = Array.isArray(child) ? [...child] : { ...child };
  const copied = draftOf(originOfChild(origins, token));
  setChild(container, token, copy);
  origins.children.set(String(token), copied);
  draft.own.set(copy, copied);
  return { container: copy, origins: copied };
}

function mergeMember(
  draft: Draft,
  parent: Owned,
  token: string | number,
  { value, origin }: Addition,
  pointer: string,
): readonly Mismatch[] {
  const present = childOf(parent.container, token);
  if (isObject(present) && isObject(value))
    return mergeMembers(draft, ownChild(draft, parent, token), value, origin, pointer);
  if (Array.isArray(present) && Array.isArray(value)) {
    appendAll(ownChild(draft, parent, token), value, origin);
    return [];
  }
  if (isCompound(present) || isCompound(value))
    return [mismatch(pointer, present, { value, origin })];
  putAt(parent, token, { value, origin });
  return [];
}

function mergeMembers(
  draft: Draft,
  target: Owned,
  members: JsonObject,
  origin: OriginNode,
  pointer: string,
): readonly Mismatch[] {
  // An empty object is only the place for what is put into it, as in "ensure that it exists, then copy".
  if (Object.keys(target.container).length === 0) target.origins.origin = origin.origin;
  return Object.keys(members).flatMap((key) => {
    const addition = { value: members[key] ?? null, origin: originOfChild(origin, key) };
    if (Object.hasOwn(target.container, key))
      return mergeMember(draft, target, key, addition, childPointer(pointer, key));
    putAt(target, key, addition);
    return [];
  });
}

function appendItem(
  draft: Draft,
  parent: Owned,
  token: string | number,
  addition: Addition,
): readonly Mismatch[] {
  const list = ownChild(draft, parent, token);
  putAt(list, Array.isArray(list.container) ? list.container.length : 0, addition);
  return [];
}

function appendAll(list: Owned, values: readonly JsonValue[], origin: OriginNode): void {
  for (const [index, value] of values.entries()) {
    const end = Array.isArray(list.container) ? list.container.length : 0;
    putAt(list, end, { value, origin: originOfChild(origin, index) });
  }
}

function putAt({ container, origins }: Owned, token: string | number, addition: Addition): void {
  setChild(container, token, addition.value);
  origins.children.set(String(token), addition.origin);
}

/** Takes nodes out of what they stand in; the root is none of them. Items after a removed one move up. */
export function removeAll(draft: Draft, locations: readonly Location[]): void {
  const byParent = new Map<string, { readonly parent: Location; readonly tokens: Set<string> }>();
  for (const location of locations) {
    const parent = location.slice(0, -1);
    const key = JSON.stringify(parent);
    const entry = byParent.get(key) ?? { parent, tokens: new Set() };
    entry.tokens.add(String(location.at(-1)));
    byParent.set(key, entry);
  }
  // The deepest first, for removing an item changes the locations of what is below the items after it.
  const parents = [...byParent.values()].sort(
    (left, right) => right.parent.length - left.parent.length,
  );
  for (const { parent, tokens } of parents) removeFrom(ownAt(draft, parent), tokens);
}

function removeFrom({ container, origins }: Owned, tokens: ReadonlySet<string>): void {
  if (Array.isArray(container)) {
    removeItems(container, origins, tokens);
    return;
  }
  for (const token of tokens) {
    Reflect.deleteProperty(container, token);
    origins.children.delete(token);
  }
}

function removeItems(list: JsonValue[], origins: OriginDraft, tokens: ReadonlySet<string>): void {
  const kept = list.flatMap((value, index) =>
    tokens.has(String(index)) ? [] : [{ value, origin: originOfChild(origins, index) }],
  );
  list.length = 0;
  origins.children.clear();
  for (const { value, origin } of kept) {
    origins.children.set(String(list.length), origin);
    list.push(value);
  }
}

function childOf(container: Container, token: string | number): JsonValue {
  const child = Array.isArray(container) ? container[Number(token)] : container[token];
  return child ?? null;
}

function setChild(container: Container, token: string | number, value: JsonValue): void {
  if (Array.isArray(container)) container[Number(token)] = value;
  else setMember(container, String(token), value);
}

function isCompound(value: JsonValue): boolean {
  return typeof value === "object" && value !== null;
}

function mismatch(pointer: string, present: JsonValue, { value, origin }: Addition): Mismatch {
  return { pointer, present, added: value, origin: origin.origin };
}
