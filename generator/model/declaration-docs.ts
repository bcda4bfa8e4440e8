import type { Docs } from "../types/docs.js";
import { tupleParts, type TypeNode } from "../types/type-node.js";
import type { Declaration } from "./api-model.js";

/** What a declaration and everything in it has to say. */
export function declarationDocs({ docs, shape }: Declaration): readonly Docs[] {
  return [docs, ...typeDocs(shape.kind === "alias" ? shape.type : shape.object)];
}

function typeDocs(type: TypeNode): readonly Docs[] {
  switch (type.kind) {
    case "array":
      return typeDocs(type.element);
    case "tuple":
      return tupleParts(type).flatMap(typeDocs);
    case "union":
    case "intersection":
      return type.members.flatMap(typeDocs);
    case "object":
      return [
        ...type.members.flatMap((member) => [member.docs, ...typeDocs(member.type)]),
        ...(type.index === undefined ? [] : typeDocs(type.index)),
      ];
    case "jsonStream":
    case "jsonItems":
      return typeDocs(type.item);
    case "eventStream":
      return type.event === undefined ? [] : typeDocs(type.event);
    default:
      return [];
  }
}
