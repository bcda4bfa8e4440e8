import { STRING, type TypeNode } from "../types/type-node.js";

/** A text body is a string, and perhaps one of a few; what else a schema allows comes and goes as its text. */
export function textType(type: TypeNode | undefined): TypeNode {
  if (type === undefined) return STRING;
  const isEnum = isText(type) || (type.kind === "union" && type.members.every(isText));
  return isEnum ? type : STRING;
}

function isText(type: TypeNode): boolean {
  return type.kind === "literal" && typeof type.value === "string";
}
