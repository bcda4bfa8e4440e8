import { isObject, stringMember } from "../../document/json.js";
import { referenceTo, resolvePointer } from "../../document/pointer.js";
import type { JsonObject, JsonValue } from "../../document/source.js";
import { referenceTarget } from "../../resolve/references.js";
import { headsOf, type Heads } from "./heads.js";
import type { SchemaDocument } from "./schema-change.js";
import { roleOf, tellingKeys, type Role } from "./schema-roles.js";
import type { Demand } from "./shape.js";

/**
 * Tells schemas that are written alike in two documents, down to all that they refer to. It is how most of two large
 * documents is passed over; what is written differently may still mean the same.
 */
export type SameSchemas = (old: Demand, now: Demand) => boolean;

export function createSameSchemas(old: SchemaDocument, now: SchemaDocument): SameSchemas {
  // The same text does not mean the same in both dialects.
  if (old.dialect !== now.dialect) return () => false;
  // Where a head of a family is meant, its members are, as if it referred to them.
  const heads = new Map([...headsOf(old), ...headsOf(now)]);
  const targets: Targets = { old: old.document, new: now.document, heads, known: new Map() };
  return ({ schemas }, { schemas: others }) =>
    schemas.length === others.length &&
    schemas.every((placed, index) => {
      const references: References = { heads, found: new Set() };
      const other = others[index];
      if (other === undefined || !areAlike(placed.schema, other.schema, "schema", references))
        return false;
      return [...references.found].every((reference) =>
        isUnchanged(targets, referenceTarget(reference)),
      );
    });
}

/** What is known of the targets of references, by pointer. */
interface Targets {
  readonly old: JsonObject;
  readonly new: JsonObject;
  readonly heads: Heads;
  readonly known: Map<string, boolean>;
}

/** The references that are found in schemas. */
interface References {
  readonly heads: Heads;
  readonly found: Set<string>;
}

/** Whether what a pointer leads to is the same in both documents, with all that it refers to. */
function isUnchanged(targets: Targets, pointer: string): boolean {
  const known = targets.known.get(pointer);
  if (known !== undefined) return known;
  settle(targets, pointer);
  return targets.known.get(pointer) ?? false;
}

/**
 * Finds out about everything that can be reached from a pointer: what differs makes all differ that refer to it. Each
 * target is looked at once, however often and in whatever circles it is referred to.
 */
function settle({ old, new: now, heads, known }: Targets, start: string): void {
  const referrers = new Map<string, string[]>();
  const changed: string[] = [];
  const found = new Set([start]);
  for (const pointer of found) {
    const references: References = { heads, found: new Set() };
    const isAlike =
      known.get(pointer) ??
      areAlike(
        resolvePointer(old, pointer) ?? null,
        resolvePointer(now, pointer) ?? null,
        "schema",
        references,
      );
    if (!isAlike) changed.push(pointer);
    for (const reference of references.found) {
      const target = referenceTarget(reference);
      referrers.set(target, [...(referrers.get(target) ?? []), pointer]);
      found.add(target);
    }
  }
  const differing = new Set(changed);
  for (const pointer of differing) {
    for (const referrer of referrers.get(pointer) ?? []) differing.add(referrer);
  }
  for (const pointer of found) known.set(pointer, !differing.has(pointer));
}

function areAlike(left: JsonValue, right: JsonValue, role: Role, references: References): boolean {
  if (Array.isArray(left)) {
    const inner = role === "data" ? "data" : "schema";
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => areAlike(item, right[index] ?? null, inner, references))
    );
  }
  if (!isObject(left)) return left === right;
  if (!isObject(right)) return false;
  const keys = tellingKeys(left, role);
  if (keys.length !== tellingKeys(right, role).length) return false;
  if (role === "schema") {
    addReferences(left, references);
    const [members, others] = [left, right].map((head) => references.heads.get(head) ?? []);
    if (JSON.stringify(members) !== JSON.stringify(others)) return false;
  }
  return keys.every((key) => {
    if (!Object.hasOwn(right, key)) return false;
    return areAlike(left[key] ?? null, right[key] ?? null, roleOf(key, role), references);
  });
}

function addReferences(schema: JsonObject, references: References): void {
  const reference = stringMember(schema, "$ref");
  if (reference !== undefined) references.found.add(reference);
  for (const pointer of references.heads.get(schema) ?? [])
    references.found.add(referenceTo(pointer));
}
