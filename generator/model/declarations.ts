import type { Docs } from "../types/docs.js";
import type { ObjectType, TypeNode } from "../types/type-node.js";
import type { Declaration, DeclarationShape } from "./api-model.js";

/** A type and what it is to be called. */
export interface NamedType {
  readonly name: string;
  readonly docs: Docs;
  readonly type: TypeNode;
}

/**
 * Decides how each named type is declared: an object as an interface; a combination of named objects as an interface
 * that extends them, as long as no member stands twice; everything else as an alias.
 */
export function declare(types: readonly NamedType[]): readonly Declaration[] {
  const byName = new Map(types.map((type) => [type.name, type.type]));
  return types.map(({ name, docs, type }) => ({ name, docs, shape: shapeOf(name, type, byName) }));
}

/** What a declaration says that a value is: the way back from {@link declare}. */
export function declaredType({ shape }: Declaration): TypeNode {
  if (shape.kind === "alias") return shape.type;
  const bases = shape.bases.map((name): TypeNode => ({ kind: "named", name }));
  return bases.length === 0
    ? shape.object
    : { kind: "intersection", members: [...bases, shape.object] };
}

/** Types by the name under which they are declared. */
export type TypesByName = ReadonlyMap<string, TypeNode>;

function shapeOf(name: string, type: TypeNode, types: TypesByName): DeclarationShape {
  if (type.kind === "object") return { kind: "interface", bases: [], object: type };
  if (type.kind !== "intersection") return { kind: "alias", type };
  const parts = partsOf(type.members);
  const isExtension =
    parts !== undefined && memberNames(type, types, new Set([name])) !== undefined;
  return isExtension ? { kind: "interface", ...parts } : { kind: "alias", type };
}

/** The named types and the one object of an intersection, or `undefined` where it has anything else. */
function partsOf(
  members: readonly TypeNode[],
): { bases: readonly string[]; object: ObjectType } | undefined {
  const bases = members.flatMap((member) => (member.kind === "named" ? [member.name] : []));
  const objects = members.filter((member): member is ObjectType => member.kind === "object");
  if (bases.length + objects.length !== members.length || objects.length > 1) return undefined;
  return { bases, object: objects[0] ?? { kind: "object", members: [], index: undefined } };
}

/**
 * The member names of a type that an interface can extend: no index, no union, no member twice, and nothing that
 * leads back to itself. `undefined` otherwise.
 */
function memberNames(
  type: TypeNode,
  types: TypesByName,
  seen: ReadonlySet<string>,
): ReadonlySet<string> | undefined {
  switch (type.kind) {
    case "object":
      return type.index === undefined
        ? new Set(type.members.map((member) => member.name))
        : undefined;
    case "named": {
      const target = types.get(type.name);
      return target === undefined || seen.has(type.name)
        ? undefined
        : memberNames(target, types, new Set([...seen, type.name]));
    }
    case "intersection":
      return union(type.members.map((member) => memberNames(member, types, seen)));
    default:
      return undefined;
  }
}

function union(
  sets: readonly (ReadonlySet<string> | undefined)[],
): ReadonlySet<string> | undefined {
  const all = new Set<string>();
  for (const set of sets) {
    if (set === undefined) return undefined;
    for (const name of set) {
      if (all.has(name)) return undefined;
      all.add(name);
    }
  }
  return all;
}
