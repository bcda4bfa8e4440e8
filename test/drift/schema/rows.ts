import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { createSchemaComparer } from "../../../generator/drift/schema/compare-schemas.js";
import type {
  SchemaChange,
  SchemaDocument,
} from "../../../generator/drift/schema/schema-change.js";
import { childPointer } from "../../../generator/document/pointer.js";
import type { JsonObject } from "../../../generator/document/source.js";
import { valuePathText, type Direction } from "../../../generator/drift/position.js";
import type { PlacedSchema, Schema } from "../../../generator/resolve/resolved-api.js";
import { repository } from "../../support/repository.js";

/*
 * Rows of `cases/*.yaml`: two schemas, and what is told of them in each direction as `level rule path`, in no order.
 * Without a direction nothing is told in it. What the changes say stands in `messages.txt`.
 */

type Dialect = SchemaDocument["dialect"];

interface WrittenRow {
  readonly name: string;
  readonly old?: Schema;
  readonly new?: Schema;
  /** `components.schemas` of both documents. */
  readonly components?: JsonObject;
  /** Those of the new document, where it has others. */
  readonly newComponents?: JsonObject;
  /** Default: 3.1. */
  readonly dialect?: Dialect;
  /** That of the old and of the new document. */
  readonly dialects?: readonly [Dialect, Dialect];
  readonly request?: string | readonly string[];
  readonly response?: string | readonly string[];
}

export interface Row {
  readonly name: string;
  readonly documents: { readonly old: JsonObject; readonly new: JsonObject };
  readonly expected: Readonly<Record<Direction, readonly string[]>>;
  readonly changes: Readonly<Record<Direction, readonly SchemaChange[]>>;
}

export function readRows(): readonly Row[] {
  const folder = repository("test/drift/schema/cases");
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const rows = parse(readFileSync(path.join(folder, file), "utf8")) as readonly WrittenRow[];
      return rows.map((row) => rowOf(row, path.basename(file, ".yaml")));
    });
}

function rowOf(row: WrittenRow, topic: string): Row {
  const [before, after] = row.dialects ?? [row.dialect ?? "3.1", row.dialect ?? "3.1"];
  const old = sideOf(row.old, row.components, before);
  const now = sideOf(row.new, row.newComponents ?? row.components, after);
  const compare = createSchemaComparer(old.document, now.document);
  return {
    name: `${topic}: ${row.name}`,
    documents: { old: old.document.document, new: now.document.document },
    expected: { request: listOf(row.request), response: listOf(row.response) },
    changes: {
      request: compare(old.schema, now.schema, "request"),
      response: compare(old.schema, now.schema, "response"),
    },
  };
}

/** A document with one schema, which stands where a component does. */
export function sideOf(
  schema: Schema | undefined,
  components: JsonObject | undefined,
  dialect: Dialect,
): { readonly document: SchemaDocument; readonly schema: PlacedSchema | undefined } {
  const document = { components: { schemas: { ...components } }, schema };
  const named = Object.entries(document.components.schemas).map(([name, value], index) => {
    const pointer = childPointer("", "components", "schemas", name);
    return [name, { schema: value as Schema, pointer, index, isComponent: true }] as const;
  });
  const schemaKeys = new Map(named.map(([name, { pointer }]) => [pointer, name]));
  return {
    document: { document, dialect, schemas: new Map(named), schemaKeys },
    schema: schema === undefined ? undefined : { schema, pointer: "/schema" },
  };
}

/** A change as a row tells it: `breaking type-changed .a[]`. */
export function changeText({ wire, rule, path: where }: SchemaChange): string {
  return [wire, rule, valuePathText(where)].filter((text) => text !== "").join(" ");
}

function listOf(texts: string | readonly string[] | undefined): readonly string[] {
  return texts === undefined ? [] : typeof texts === "string" ? [texts] : texts;
}
