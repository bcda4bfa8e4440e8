import type * as TypeScript from "typescript";
import { compareText } from "../document/json.js";
import type { Int64Policy } from "../document/int64-policy.js";
import type { Docs } from "./docs.js";
import { ts } from "./openapi-typescript.js";
import {
  UNKNOWN,
  type Int64Type,
  type KeywordName,
  type ObjectType,
  type TypeMember,
  type TypeNode,
} from "./type-node.js";

/** What lifting needs besides the nodes: what stands behind its keys. */
export interface Lifting {
  /** Names of types, behind `S0`, `S1i`, ... */
  readonly names: ReadonlyMap<string, string>;
  /** Properties, behind `p0`, `p1`, ... */
  readonly properties: ReadonlyMap<string, { readonly name: string; readonly docs: Docs }>;
  /** What a 64-bit integer is; a number is nothing special. */
  readonly int64: Int64Policy;
}

/** Lifts one type out of what openapi-typescript declares. A kind of node that it never makes is a bug of ours. */
export function liftType(node: TypeScript.TypeNode, lifting: Lifting): TypeNode {
  if (ts.isParenthesizedTypeNode(node)) return liftType(node.type, lifting);
  if (ts.isUnionTypeNode(node)) return liftUnion(node, lifting);
  if (ts.isIntersectionTypeNode(node)) return liftIntersection(node, lifting);
  if (ts.isTypeLiteralNode(node)) return liftObject(node, lifting);
  if (ts.isArrayTypeNode(node))
    return { kind: "array", element: liftType(node.elementType, lifting) };
  if (ts.isTupleTypeNode(node)) return liftTuple(node, lifting);
  if (ts.isLiteralTypeNode(node)) return liftLiteral(node);
  if (ts.isTypeReferenceNode(node)) return liftNamed(node, lifting);
  return liftText(node) ?? liftKeyword(node);
}

/** Elements, of which the last ones may be optional, and what may follow them. */
function liftTuple({ elements }: TypeScript.TupleTypeNode, lifting: Lifting): TypeNode {
  const rest = elements.find(ts.isRestTypeNode)?.type;
  const listed = elements.filter((element) => !ts.isRestTypeNode(element));
  return {
    kind: "tuple",
    elements: listed.map((element) =>
      liftType(ts.isOptionalTypeNode(element) ? element.type : element, lifting),
    ),
    required: listed.filter((element) => !ts.isOptionalTypeNode(element)).length,
    rest:
      rest !== undefined && ts.isArrayTypeNode(rest)
        ? liftType(rest.elementType, lifting)
        : undefined,
  };
}

/** A union in a union, such as an enum that may be null, is one union. */
function liftUnion(node: TypeScript.UnionTypeNode, lifting: Lifting): TypeNode {
  const members = node.types
    .map((type) => liftType(type, lifting))
    .flatMap((type) => (type.kind === "union" ? type.members : [type]));
  return { kind: "union", members };
}

/** openapi-typescript makes identifiers of texts, called as they are printed: with their quotes. */
function liftText(node: TypeScript.Node): TypeNode | undefined {
  return ts.isIdentifier(node)
    ? { kind: "literal", value: JSON.parse(ts.idText(node)) as string }
    : undefined;
}

function liftKeyword(node: TypeScript.TypeNode): TypeNode {
  const name = KEYWORDS.get(node.kind);
  if (name === undefined)
    throw new Error(`openapi-typescript made a type of kind ${ts.SyntaxKind[node.kind]}`);
  return { kind: "keyword", name };
}

const KEYWORDS: ReadonlyMap<TypeScript.SyntaxKind, KeywordName> = new Map([
  [ts.SyntaxKind.StringKeyword, "string"],
  [ts.SyntaxKind.NumberKeyword, "number"],
  [ts.SyntaxKind.BooleanKeyword, "boolean"],
  [ts.SyntaxKind.UnknownKeyword, "unknown"],
  [ts.SyntaxKind.NeverKeyword, "never"],
  [ts.SyntaxKind.UndefinedKeyword, "undefined"],
]);

function liftLiteral({ literal }: TypeScript.LiteralTypeNode): TypeNode {
  if (ts.isStringLiteral(literal)) return { kind: "literal", value: literal.text };
  if (ts.isNumericLiteral(literal)) return { kind: "literal", value: Number(literal.text) };
  if (ts.isPrefixUnaryExpression(literal) && ts.isNumericLiteral(literal.operand))
    return { kind: "literal", value: -Number(literal.operand.text) };
  switch (literal.kind) {
    case ts.SyntaxKind.TrueKeyword:
      return { kind: "literal", value: true };
    case ts.SyntaxKind.FalseKeyword:
      return { kind: "literal", value: false };
    case ts.SyntaxKind.NullKeyword:
      return { kind: "keyword", name: "null" };
    default:
      throw new Error(`openapi-typescript made a literal of kind ${ts.SyntaxKind[literal.kind]}`);
  }
}

/** `S0`, `Record<string, T>`, and the `Blob` and `Int64` that stand for formats. */
function liftNamed(node: TypeScript.TypeReferenceNode, lifting: Lifting): TypeNode {
  const key = ts.isIdentifier(node.typeName) ? ts.idText(node.typeName) : "";
  const name = lifting.names.get(key);
  const value = node.typeArguments?.[1];
  if (name !== undefined) return { kind: "named", name };
  if (key === "Blob") return { kind: "filePart" };
  if (key === "Int64" && lifting.int64 !== "number") return liftInt64(node, lifting.int64);
  if (key === "Record" && value !== undefined)
    return { kind: "object", members: [], index: liftType(value, lifting) };
  throw new Error(`openapi-typescript refers to ${key}`);
}

function liftInt64(node: TypeScript.TypeReferenceNode, as: Int64Type["as"]): TypeNode {
  const values = (node.typeArguments ?? []).map((argument): TypeNode => {
    const digits = ts.isLiteralTypeNode(argument) && ts.isStringLiteral(argument.literal);
    return { kind: "int64", as, value: digits ? argument.literal.text : undefined };
  });
  const [only = { kind: "int64", as, value: undefined }, ...others] = values;
  return others.length === 0 ? only : { kind: "union", members: values };
}

function liftObject(node: TypeScript.TypeLiteralNode, lifting: Lifting): ObjectType {
  const members = node.members
    .filter(ts.isPropertySignature)
    .map((member) => liftMember(member, lifting))
    .sort(byNeed);
  const index = node.members.find(ts.isIndexSignatureDeclaration);
  return {
    kind: "object",
    members,
    index: index === undefined ? undefined : liftType(index.type, lifting),
  };
}

/** Required members first, then by name: an order that the document's keys have no part in. */
function byNeed(left: TypeMember, right: TypeMember): number {
  return Number(left.optional) - Number(right.optional) || compareText(left.name, right.name);
}

function liftMember(node: TypeScript.PropertySignature, lifting: Lifting): TypeMember {
  const property = lifting.properties.get(memberKey(node));
  if (property === undefined)
    throw new Error(`openapi-typescript made a member ${memberKey(node)}`);
  return {
    name: property.name,
    optional: node.questionToken !== undefined,
    type: node.type === undefined ? UNKNOWN : liftType(node.type, lifting),
    docs: property.docs,
  };
}

/** The name of a member: all are keys of ours, which need no quotes. */
export function memberKey({ name }: TypeScript.PropertySignature): string {
  return ts.isIdentifier(name) ? ts.idText(name) : "";
}

/**
 * openapi-typescript writes `{ a: A } & { [key: string]: T }`, of which no literal with an `a` outside T can be made.
 * Members and index become one object whose index takes the members' types in.
 */
function liftIntersection(node: TypeScript.IntersectionTypeNode, lifting: Lifting): TypeNode {
  const members = node.types.map((type) => liftType(type, lifting));
  const [named, indexed, ...others] = members;
  const isPair =
    named?.kind === "object" &&
    indexed?.kind === "object" &&
    others.length === 0 &&
    indexed.members.length === 0;
  return isPair && named.index === undefined
    ? withIndex(named, indexed.index)
    : { kind: "intersection", members };
}

function isUnknown(type: TypeNode): boolean {
  return type.kind === "keyword" && type.name === "unknown";
}

function withIndex(object: ObjectType, index: TypeNode | undefined): ObjectType {
  if (index === undefined || isUnknown(index)) return { ...object, index };
  const types = [index, ...object.members.map((member) => member.type)];
  const optional: TypeNode[] = object.members.some((member) => member.optional)
    ? [{ kind: "keyword", name: "undefined" }]
    : [];
  if (types.some(isUnknown)) return { ...object, index: UNKNOWN, additional: index };
  const distinct = new Map([...types, ...optional].map((type) => [JSON.stringify(type), type]));
  return {
    ...object,
    index: { kind: "union", members: [...distinct.values()] },
    additional: index,
  };
}
