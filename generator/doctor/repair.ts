import { isObject } from "../document/json.js";
import { childPointer, pointerTokens, resolvePointer } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import type { NamedOperation } from "../names/named-api.js";

/** A document that is examined, and what the stages made of it. */
export interface Patient {
  readonly document: JsonObject;
  /** Empty where the stages did not come so far. */
  readonly operations: readonly NamedOperation[];
  /** What the document is called where it has no title. */
  readonly title: string;
}

/** One change that an overlay makes. */
export interface Step {
  /** The target. */
  readonly pointer: string;
  /** One sentence on why, for the reader of the overlay. */
  readonly why: string;
  readonly change:
    | { readonly kind: "update"; readonly value: JsonValue }
    /** Takes the value at another pointer. */
    | { readonly kind: "copy"; readonly from: string }
    | { readonly kind: "remove" };
}

/**
 * When steps are taken whose pointers were all found in the same document: each phase leaves the pointers of the later
 * ones valid. Removing an item moves those after it, so that nothing else is done then.
 */
export type Phase = "merge" | "remove" | "add" | "rename" | "remove item";

/** Steps that belong together; their order is kept. */
export interface Repair {
  readonly phase: Phase;
  /** Where in the document it changes something. */
  readonly pointer: string;
  readonly steps: readonly Step[];
}

/** Merges something into what stands at a pointer. */
export function merge(pointer: string, value: JsonValue, why: string): Repair {
  return { phase: "merge", pointer, steps: [{ pointer, why, change: { kind: "update", value } }] };
}

/** Gives a member another single value. */
export function set(pointer: string, value: string | boolean, why: string): Repair {
  return merge(parentPointer(pointer), { [lastToken(pointer)]: value }, why);
}

/** Removes what stands at a pointer. */
export function remove(pointer: string, why: string, { document }: Patient): Repair {
  const phase = Array.isArray(parentOf(document, pointer)) ? "remove item" : "remove";
  return { phase, pointer, steps: [{ pointer, why, change: { kind: "remove" } }] };
}

/** Puts something in the place of a member. */
export function replace(
  pointer: string,
  value: JsonValue,
  why: string,
  patient: Patient,
): readonly Repair[] {
  const parent = parentPointer(pointer);
  const added = { [lastToken(pointer)]: value };
  const change = { kind: "update", value: added } as const;
  return [
    remove(pointer, why, patient),
    { phase: "add", pointer, steps: [{ pointer: parent, why, change }] },
  ];
}

/** Gives a member that is an object other keys; nothing where one of them is taken. */
export function rename(
  pointer: string,
  keys: readonly string[],
  why: string,
  { document }: Patient,
): readonly Repair[] {
  const parent = parentPointer(pointer);
  const siblings = resolvePointer(document, parent);
  if (!isObject(siblings) || !isObject(resolvePointer(document, pointer))) return [];
  if (keys.length === 0 || keys.some((key) => Object.hasOwn(siblings, key))) return [];
  const copies = keys.flatMap((key): readonly Step[] => [
    { pointer: parent, why, change: { kind: "update", value: { [key]: {} } } },
    { pointer: childPointer(parent, key), why, change: { kind: "copy", from: pointer } },
  ]);
  const removal: Step = { pointer, why, change: { kind: "remove" } };
  return [{ phase: "rename", pointer, steps: [...copies, removal] }];
}

export function parentPointer(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}

export function lastToken(pointer: string): string {
  return pointerTokens(pointer).at(-1) ?? "";
}

export function parentOf(document: JsonObject, pointer: string): JsonValue | undefined {
  return resolvePointer(document, parentPointer(pointer));
}
