import type { Declaration } from "../model/api-model.js";
import type { ObjectType, TypeNode } from "../types/type-node.js";
import { listItem } from "./markdown/parts.js";
import { typeText } from "./markdown/type-text.js";
import { propertyLine, propertyTable } from "./property-table.js";
import { rowsInType, rowsOf, type Row } from "./rows.js";
import { typeLink, type Writing } from "./writing.js";

/** What a type is made of: its properties, the types that it can be, or the type that it stands for. */
export function declarationText({ shape }: Declaration, writing: Writing): string {
  if (shape.kind === "alias") return typeBlock(shape.type, writing);
  const bases = shape.bases.map((name) => typeLink(writing, name));
  return objectText(shape.object, bases, writing);
}

function typeBlock(type: TypeNode, writing: Writing): string {
  const properties = rowTable(rowsInType(type), writing);
  switch (type.kind) {
    case "object":
      return objectText(type, [], writing);
    case "union":
      return writing.fill("one-of", { members: typeList(type.members, writing), properties });
    case "intersection":
      return writing.fill("all-of", { members: typeList(type.members, writing), properties });
    default:
      return writing.fill("stands-for", { type: typeText(type, writing), properties });
  }
}

function typeList(types: readonly TypeNode[], writing: Writing): string {
  return types.map((type) => listItem(typeText(type, writing))).join("\n");
}

function objectText(object: ObjectType, bases: readonly string[], writing: Writing): string {
  const rows = rowsOf(object);
  return writing.fill("properties", {
    bases: bases.length === 0 ? "" : writing.fill("bases", { bases: bases.join(", ") }),
    properties: rowTable(rows, writing),
    none: rows.length > 0 || bases.length > 0 ? "" : writing.fill("no-properties"),
  });
}

function rowTable(rows: readonly Row[], writing: Writing): string {
  return rows.length === 0 ? "" : propertyTable(rows.map((row) => propertyLine(row, writing)));
}
