import type { Docs } from "../types/docs.js";
import type { ObjectType, TypeMember, TypeNode } from "../types/type-node.js";

/** A property, or one of an object without a name inside of it. */
export interface Row {
  /** With the way to it: `source.privacy`, `fields[].name`. */
  readonly name: string;
  readonly optional: boolean;
  /**
   * Of a property that not all alternatives of a union have alike: `some` of them have it, or all may have it, but as
   * something else.
   */
  readonly among: "some" | "others" | undefined;
  /** What it stands for where it is no property of that name: every name, or every one that has no row. */
  readonly names: "any" | "others" | undefined;
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
  return innerRows("", type, DEPTH);
}

function objectRows(way: string, object: ObjectType, depth: number): readonly Row[] {
  const members = object.members.flatMap((member) => memberRows(way + member.name, member, depth));
  return [...members, ...otherRows(way, object, depth)];
}

/** What names that the document does not tell stand for, unless there are none. */
function otherRows(way: string, { members, index }: ObjectType, depth: number): readonly Row[] {
  if (index === undefined || (index.kind === "keyword" && index.name === "never")) return [];
  const others: TypeMember = { name: "*", optional: true, type: index, docs: [] };
  const [row, ...inner] = memberRows(`${way}*`, others, depth);
  const names = members.length === 0 ? "any" : "others";
  return row === undefined ? [] : [{ ...row, names }, ...inner];
}

function memberRows(name: string, member: TypeMember, depth: number): readonly Row[] {
  const { optional, type, docs } = member;
  const inner = depth === 0 ? 0 : objectsIn(type);
  const shown = inner === 1 ? withoutObject(type) : type;
  const row = { name, optional, among: undefined, names: undefined, type: shown, docs };
  return [row, ...(inner === 0 ? [] : innerRows(name, type, depth - 1))];
}

/** The rows of objects that stand in one place, each once. */
function innerRows(name: string, type: TypeNode, depth: number): readonly Row[] {
  switch (type.kind) {
    case "object":
      return type.members.length === 0
        ? []
        : objectRows(name === "" ? "" : `${name}.`, type, depth);
    case "array":
      return innerRows(`${name}[]`, type.element, depth);
    case "intersection":
      return distinct(type.members.flatMap((member) => innerRows(name, member, depth)));
    case "union":
      return rowsOfAlternatives(
        type.members.filter(mayHaveProperties).map((member) => innerRows(name, member, depth)),
      );
    default:
      return [];
  }
}

/** What all alternatives have alike is told once, and of all else that it depends on the alternative. */
function rowsOfAlternatives(alternatives: readonly (readonly Row[])[]): readonly Row[] {
  const keys = alternatives.map((rows) => new Set(rows.map((row) => JSON.stringify(row))));
  const names = alternatives.map((rows) => new Set(rows.map(({ name }) => name)));
  const isInAll = (row: Row): boolean => keys.every((one) => one.has(JSON.stringify(row)));
  // Without rows it is a type with a name, which may have a property of any name.
  const isMissing = ({ name }: Row): boolean =>
    names.some((known) => known.size > 0 && !known.has(name));
  const told = (row: Row): Row =>
    isInAll(row) ? row : { ...row, among: isMissing(row) ? "some" : "others" };
  return distinct(alternatives.flat().map(told));
}

function distinct(rows: readonly Row[]): readonly Row[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

/** Whether a value of a type can have properties: those of a named type are told on its page. */
function mayHaveProperties({ kind }: TypeNode): boolean {
  return kind !== "keyword" && kind !== "literal" && kind !== "int64" && kind !== "mediaRange";
}

/** How many objects without a name are in a type. */
function objectsIn(type: TypeNode): number {
  switch (type.kind) {
    case "object":
      return type.members.length === 0 ? 0 : 1;
    case "array":
      return objectsIn(type.element);
    case "union":
    case "intersection":
      return type.members.reduce((sum, member) => sum + objectsIn(member), 0);
    default:
      return 0;
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
