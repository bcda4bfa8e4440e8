import type { Declaration } from "../model/api-model.js";
import { identifier } from "./code.js";
import { docs } from "./layout/comments.js";
import { exported, interfaceBlock, type Statement } from "./layout/statements.js";
import { aliasOf } from "./layout/types.js";
import { indexText, memberText, typeText } from "./type-text.js";

/** A type that the file exports. */
export function declaration({ name, docs: parts, shape }: Declaration): Statement {
  if (shape.kind === "alias")
    return exported(docs(parts), aliasOf(identifier(name), typeText(shape.type)), "alias");
  const { members, index } = shape.object;
  const all = [...(index === undefined ? [] : [indexText(index)]), ...members.map(memberText)];
  return exported(docs(parts), interfaceBlock(name, shape.bases, all), "other");
}
