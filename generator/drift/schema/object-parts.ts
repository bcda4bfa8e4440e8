import { member, objectMember, sortedEntries, stringsMember } from "../../document/json.js";
import { childPointer } from "../../document/pointer.js";
import { isSchema } from "../../resolve/media-types.js";
import type { PlacedSchema } from "../../resolve/resolved-api.js";
import type { Atom, Shape, Told } from "./shape.js";

/** What a schema says of properties that it does not name. */
export type Others =
  /** Nothing: they are allowed, and nobody who keeps to the document sends any. */
  | { readonly kind: "silent" }
  | { readonly kind: "allowed"; readonly schemas: readonly PlacedSchema[]; readonly told: Told }
  | { readonly kind: "refused"; readonly told: Told };

/** The properties of objects of a shape. */
export interface ObjectParts {
  /** By name, what each has to satisfy; a property that can have no value is not among them. */
  readonly named: ReadonlyMap<string, readonly PlacedSchema[]>;
  /** Names of properties that can have no value. */
  readonly forbidden: ReadonlyMap<string, Told>;
  readonly required: ReadonlyMap<string, Told>;
  readonly patterns: ReadonlyMap<string, readonly PlacedSchema[]>;
  readonly others: Others;
}

/** Reads what all schemas of a shape say about properties. */
export function objectParts(shape: Shape): ObjectParts {
  const { atoms } = shape;
  const required = requiredOf(atoms);
  const names = new Set([...atoms.flatMap(({ schema }) => keysOf(schema)), ...required.keys()]);
  const named = new Map<string, readonly PlacedSchema[]>();
  const forbidden = new Map<string, Told>();
  for (const name of [...names].sort()) {
    const schemas = atoms.flatMap((atom) => schemasFor(atom, name));
    const refusal = schemas.find(({ schema }) => schema === false);
    if (refusal === undefined) named.set(name, schemas);
    else forbidden.set(name, { value: false, pointer: refusal.pointer });
  }
  return { named, forbidden, required, patterns: patternsOf(atoms), others: othersOf(atoms) };
}

/** What a property has to satisfy that is not named. */
export function othersSchemas(others: Others): readonly PlacedSchema[] {
  return others.kind === "allowed" ? others.schemas : [];
}

function keysOf(schema: Atom["schema"]): readonly string[] {
  return Object.keys(objectMember(schema, "properties") ?? {});
}

function requiredOf(atoms: readonly Atom[]): ReadonlyMap<string, Told> {
  const found = new Map<string, Told>();
  for (const { schema, pointer } of atoms) {
    for (const name of stringsMember(schema, "required"))
      if (!found.has(name)) found.set(name, { value: name, pointer: `${pointer}/required` });
  }
  return found;
}

/** What one schema says of a property: as one of those that it names, or as one of the others. */
function schemasFor(atom: Atom, name: string): readonly PlacedSchema[] {
  const own = member(objectMember(atom.schema, "properties"), name);
  const pointer = childPointer(atom.pointer, "properties", name);
  if (isSchema(own)) return [{ schema: own, pointer }];
  if (own !== undefined) return [];
  // A name may match a pattern, which is not tried: patterns of documents are not run.
  if (member(atom.schema, "patternProperties") !== undefined) return [];
  const additional = member(atom.schema, "additionalProperties");
  return isSchema(additional) && additional !== true
    ? [{ schema: additional, pointer: `${atom.pointer}/additionalProperties` }]
    : [];
}

function patternsOf(atoms: readonly Atom[]): ReadonlyMap<string, readonly PlacedSchema[]> {
  const found = new Map<string, readonly PlacedSchema[]>();
  for (const { schema, pointer } of atoms) {
    for (const [pattern, value] of sortedEntries(objectMember(schema, "patternProperties"))) {
      if (!isSchema(value)) continue;
      const placed = {
        schema: value,
        pointer: childPointer(pointer, "patternProperties", pattern),
      };
      found.set(pattern, [...(found.get(pattern) ?? []), placed]);
    }
  }
  return found;
}

/** What is unevaluated is what no schema of the shape names: unions have been multiplied out by then. */
function othersOf(atoms: readonly Atom[]): Others {
  const told = atoms.flatMap(({ schema, pointer }) =>
    ["additionalProperties", "unevaluatedProperties"].flatMap((keyword) => {
      const value = member(schema, keyword);
      return isSchema(value) ? [{ schema: value, pointer: `${pointer}/${keyword}` }] : [];
    }),
  );
  const refusal = told.find(({ schema }) => schema === false);
  if (refusal !== undefined)
    return { kind: "refused", told: { value: false, pointer: refusal.pointer } };
  const [first] = told;
  if (first === undefined) return { kind: "silent" };
  return { kind: "allowed", schemas: told, told: { value: first.schema, pointer: first.pointer } };
}
