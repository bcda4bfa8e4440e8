import type { Docs } from "../types/docs.js";
import type { ObjectType, TypeMember, TypeNode } from "../types/type-node.js";

/** A property, or one of an object without a name inside of it. */
export interface Row {
  /** With the way to it: `source.privacy`, `fields[].name`. */
  readonly name: string;
  readonly optional: boolean;
  readonly type: TypeNode;
  readonly docs: Docs;
}

/** How deep objects without a name are taken apart; what is deeper is told as a type. */
const DEPTH = 3;

/** The properties of an object, those of objects without a name inside of it behind their own. */
export function rowsOf(object: ObjectType): readonly Row[] {
  return objectRows("", object, DEPTH);
}

/** The properties of all objects without a name in a type, those of several alternatives one after the other. */
export function rowsInType(type: TypeNode): readonly Row[] {
  return innerRows("", innerObjects(type), DEPTH);
}

function objectRows(way: string, { members, index }: ObjectType, depth: number): readonly Row[] {
  const others: readonly TypeMember[] =
    index === undefined ? [] : [{ name: "*", optional: true, type: index, docs: [] }];
  return [...members, ...others].flatMap((member) => memberRows(way + member.name, member, depth));
}

function memberRows(name: string, member: TypeMember, depth: number): readonly Row[] {
  const { optional, type, docs } = member;
  const inner = depth === 0 ? [] : innerObjects(type);
  const shown = inner.length === 1 ? withoutObject(type) : type;
  return [{ name, optional, type: shown, docs }, ...innerRows(name, inner, depth - 1)];
}

/** The rows of objects that stand in one place: what several of them have alike is told once. */
function innerRows(name: string, inner: readonly Inner[], depth: number): readonly Row[] {
  const rows = inner.flatMap(({ object, way }) =>
    objectRows(name + way === "" ? "" : `${name}${way}.`, object, depth),
  );
  return inner.length < 2
    ? rows
    : [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

/** An object without a name in a type. */
interface Inner {
  readonly object: ObjectType;
  /** What leads to it: `[]` from an array to its elements. */
  readonly way: string;
}

function innerObjects(type: TypeNode): readonly Inner[] {
  switch (type.kind) {
    case "object":
      return type.members.length === 0 ? [] : [{ object: type, way: "" }];
    case "array":
      return innerObjects(type.element).map(({ object, way }) => ({ object, way: `[]${way}` }));
    case "union":
    case "intersection":
      return type.members.flatMap(innerObjects);
    default:
      return [];
  }
}

const OBJECT: TypeNode = { kind: "named", name: "object" };

/** A type with a word for its only object without a name, which rows of its own tell. */
function withoutObject(type: TypeNode): TypeNode {
  switch (type.kind) {
    case "object":
      return type.members.length === 0 ? type : OBJECT;
    case "array":
      return { ...type, element: withoutObject(type.element) };
    case "union":
    case "intersection":
      return { ...type, members: type.members.map(withoutObject) };
    default:
      return type;
  }
}
