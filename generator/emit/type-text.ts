import type { Int64Type, TupleType, TypeMember, TypeNode } from "../types/type-node.js";
import { bigintLiteral, identifier, memberKey, NOTHING, stringsBeginningWith } from "./code.js";
import { docs } from "./layout/comments.js";
import { literal } from "./layout/expressions.js";
import {
  arrayType,
  genericType,
  indexSignature,
  intersectionType,
  namedType,
  NULL_TYPE,
  objectType,
  optionalElement,
  propertySignature,
  restElement,
  simpleType,
  stringType,
  tupleType,
  unionType,
  type Member,
  type Type,
} from "./layout/types.js";

/** A type as TypeScript. */
export function typeText(type: TypeNode): Type {
  switch (type.kind) {
    case "keyword":
      return type.name === "null" ? NULL_TYPE : simpleType(identifier(type.name));
    case "literal":
      return simpleType(literal(type.value).code);
    case "named":
      return namedType(type.name);
    case "int64":
      return int64Text(type);
    case "blob":
      return namedType("Blob");
    case "filePart":
      return namedType("FilePart");
    case "binaryBody":
      return namedType("BinaryBody");
    case "parameterValue":
      return namedType("ParameterValue");
    case "eventStream":
      return type.event === undefined
        ? namedType("EventStream")
        : genericType("EventStream", [typeText(type.event)]);
    case "jsonStream":
      return genericType("JsonStream", [typeText(type.item)]);
    case "jsonItems":
      return genericType("JsonItems", [typeText(type.item)]);
    case "mediaRange":
      return simpleType(stringsBeginningWith(`${type.type}/`));
    case "array":
      return arrayType(typeText(type.element));
    case "tuple":
      return tupleText(type);
    case "union":
      return unionType(withoutRepeats(type.members).map(typeText));
    case "intersection":
      return intersectionType(type.members.map(typeText));
    case "object":
      return objectText(type.members, type.index);
  }
}

function tupleText({ elements, required, rest }: TupleType): Type {
  const types = elements.map((element, index) =>
    index < required ? typeText(element) : optionalElement(typeText(element)),
  );
  return tupleType(rest === undefined ? types : [...types, restElement(typeText(rest))]);
}

function int64Text({ as, value }: Int64Type): Type {
  if (value === undefined) return simpleType(identifier(as));
  return as === "string" ? stringType(value) : simpleType(bigintLiteral(value));
}

/** A 64-bit integer that is a string can stand beside other strings. */
function withoutRepeats(members: readonly TypeNode[]): readonly TypeNode[] {
  const hasStrings = members.some((type) => type.kind === "keyword" && type.name === "string");
  return hasStrings
    ? members.filter((type) => type.kind !== "int64" || type.as !== "string")
    : members;
}

export const UNDEFINED_TYPE: Type = simpleType(identifier("undefined"));
export const STRING_TYPE: Type = simpleType(identifier("string"));

/** `Record<string, never>`: what has no members. */
export const EMPTY_RECORD: Type = genericType("Record", [
  STRING_TYPE,
  simpleType(identifier("never")),
]);

function objectText(members: readonly TypeMember[], index: TypeNode | undefined): Type {
  const [first] = members;
  if (first === undefined && index === undefined) return EMPTY_RECORD;
  // Unlike `Record`, an index may stand in the declaration of the type that it mentions.
  const all = [...members.map(memberText), ...(index === undefined ? [] : [indexText(index)])];
  return objectType(all, all.length === 1 && (first === undefined || first.docs.length === 0));
}

/** `[key: string]: T`, as a member. */
export function indexText(index: TypeNode): Member {
  return { comment: NOTHING, code: indexSignature(typeText(index)) };
}

/** A member of an object or interface. */
export function memberText({ name, optional, type, docs: parts }: TypeMember): Member {
  return {
    comment: docs(parts),
    code: propertySignature(memberKey(name), optional, typeText(type)),
  };
}
