import { tupleParts, UNDEFINED, type TypeNode } from "../types/type-node.js";

/** Tells whether a type is worth a name: somewhere in it, without a name yet, are members. */
export function needsName(type: TypeNode): boolean {
  switch (type.kind) {
    case "object":
      return type.members.length > 0 || (type.index !== undefined && needsName(type.index));
    case "array":
      return needsName(type.element);
    case "tuple":
      return tupleParts(type).some(needsName);
    case "union":
      return type.members.length > 3 || type.members.some(needsName);
    case "intersection":
      return true;
    default:
      return false;
  }
}

/** A union without doubles, or the one type that is left. */
export function unionOf(types: readonly TypeNode[]): TypeNode {
  const flat = types.flatMap((type) => (type.kind === "union" ? type.members : [type]));
  const distinct = [...new Map(flat.map((type) => [JSON.stringify(type), type])).values()];
  const [first] = distinct;
  if (distinct.some(isAnything)) return { kind: "keyword", name: "unknown" };
  return distinct.length === 1 && first !== undefined
    ? first
    : { kind: "union", members: distinct };
}

/** Tells whether a type takes every value. */
export function isAnything(type: TypeNode): boolean {
  return type.kind === "keyword" && type.name === "unknown";
}

/** With `exactOptionalPropertyTypes`, only this lets a caller pass on a value that may be missing. */
export function passable(type: TypeNode, optional: boolean): TypeNode {
  return optional && !isAnything(type) ? unionOf([type, UNDEFINED]) : type;
}

/** What stands in place of a media type in a name: `text/csv` is `TextCsv`, a range is `Any`. */
export function mediaTypeWords(mediaType: string): string {
  const [essence = ""] = mediaType.split(";");
  return essence.replace("*/*", "any").replace("*", " any ");
}
