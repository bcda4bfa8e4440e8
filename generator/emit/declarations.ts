import {
  StructureKind,
  type InterfaceDeclarationStructure,
  type TypeAliasDeclarationStructure,
} from "ts-morph";
import type { Declaration } from "../model/api-model.js";
import type { Docs } from "../types/docs.js";
import type { TypeMember } from "../types/type-node.js";
import { identifier, memberKey } from "./code.js";
import { docLines } from "./comments.js";
import { typeText } from "./type-text.js";

/** An exported type as a structure of ts-morph. */
export function declaration({
  name,
  docs,
  shape,
}: Declaration): InterfaceDeclarationStructure | TypeAliasDeclarationStructure {
  const common = { name: identifier(name), isExported: true, docs: docStructures(docs) };
  if (shape.kind === "alias")
    return { kind: StructureKind.TypeAlias, ...common, type: typeText(shape.type) };
  const { members, index } = shape.object;
  return {
    kind: StructureKind.Interface,
    ...common,
    extends: shape.bases.map(identifier),
    properties: members.map(property),
    indexSignatures:
      index === undefined
        ? []
        : [{ keyName: "key", keyType: "string", returnType: typeText(index) }],
  };
}

function property({
  name,
  optional,
  type,
  docs,
}: TypeMember): NonNullable<InterfaceDeclarationStructure["properties"]>[number] {
  return {
    name: memberKey(name),
    hasQuestionToken: optional,
    type: typeText(type),
    docs: docStructures(docs),
  };
}

/** A doc comment as ts-morph takes it; ts-morph escapes nothing, the lines are harmless already. */
export function docStructures(docs: Docs, extra: readonly string[] = []): string[] {
  const lines = docLines(docs, extra);
  return lines.length === 0 ? [] : [lines.join("\n")];
}
