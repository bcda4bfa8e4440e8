import { STRING, type TypeNode } from "../types/type-node.js";

/** A text body is a string, and perhaps one of a few. */
export function textType(type: TypeNode | undefined): TypeNode {
  const isEnum =
    type?.kind === "literal" ||
    (type?.kind === "union" && type.members.every((member) => member.kind === "literal"));
  return isEnum ? type : STRING;
}
