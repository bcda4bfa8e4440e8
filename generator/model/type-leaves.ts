import { tupleParts, type TypeNode } from "../types/type-node.js";
import type { Declaration } from "./api-model.js";

/** The types in a declaration of which no other is made, what it extends among them. */
export function declarationLeaves({ shape }: Pick<Declaration, "shape">): readonly TypeNode[] {
  if (shape.kind === "alias") return typeLeaves(shape.type);
  return [
    ...shape.bases.map((name): TypeNode => ({ kind: "named", name })),
    ...typeLeaves(shape.object),
  ];
}

/** The types in a type of which no other is made. */
export function typeLeaves(type: TypeNode): readonly TypeNode[] {
  switch (type.kind) {
    case "array":
      return typeLeaves(type.element);
    case "tuple":
      return tupleParts(type).flatMap(typeLeaves);
    case "union":
    case "intersection":
      return type.members.flatMap(typeLeaves);
    case "object":
      return [
        ...type.members.flatMap((member) => typeLeaves(member.type)),
        ...(type.index === undefined ? [] : typeLeaves(type.index)),
      ];
    case "jsonStream":
    case "jsonItems":
      return [type, ...typeLeaves(type.item)];
    case "eventStream":
      return [type, ...(type.event === undefined ? [] : typeLeaves(type.event))];
    default:
      return [type];
  }
}
