import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isMap, isSeq, parse, parseDocument, type Node } from "yaml";
import type { JsonObject } from "../../../generator/document/source.js";
import { repository } from "../../support/repository.js";

/** One row of a table: two documents, and what is found between them. */
export interface Row {
  readonly name: string;
  /** `GET /items`, where `old` and `new` are operations; without it they are documents. */
  readonly at?: string;
  /** What both documents have besides. */
  readonly document?: JsonObject;
  readonly old: JsonObject;
  readonly new: JsonObject;
  /** Extensions that the configuration names. */
  readonly extensions?: Readonly<Record<string, string>>;
  /** One line for each finding; none: nothing that matters changed. */
  readonly expected: readonly string[];
  /** The same with the documents exchanged. */
  readonly back: readonly string[];
}

const FOLDER = repository("test/drift/wire/cases");

/** The tables, by the names of their files. */
export function readTables(): readonly (readonly [file: string, rows: readonly Row[]])[] {
  return readdirSync(FOLDER)
    .sort()
    .map((file) => {
      const rows = parse(readFileSync(path.join(FOLDER, file), "utf8")) as Row[];
      // A new row says nothing of what is found until that is written into it.
      return [file, rows.map((row) => ({ ...NOTHING_FOUND, ...row }))];
    });
}

const NOTHING_FOUND: Pick<Row, "expected" | "back"> = { expected: [], back: [] };

/** The documents of a row. */
export function documentsOf(row: Row): readonly [old: JsonObject, new: JsonObject] {
  return [documentOf(row, row.old), documentOf(row, row.new)];
}

/** An operation without answers has one, and so do all documents have a version and a title. */
function documentOf({ at, document }: Row, own: JsonObject): JsonObject {
  const base = { openapi: "3.1.0", info: { title: "Items", version: "1" }, ...document };
  if (at === undefined) return { paths: {}, ...base, ...own };
  const [method = "", template = ""] = at.split(" ");
  const operation = { responses: { 204: { description: "" } }, ...own };
  return { ...base, paths: { [template]: { [method.toLowerCase()]: operation } } };
}

/** Writes what was found into a table, whose rows stay as they are otherwise. */
export function writeExpected(
  file: string,
  found: ReadonlyMap<string, Pick<Row, "expected" | "back">>,
): void {
  const place = path.join(FOLDER, file);
  const document = parseDocument(readFileSync(place, "utf8"));
  for (const row of isSeq(document.contents) ? document.contents.items : []) {
    if (!isMap<unknown, Node>(row)) continue;
    const lines = found.get(String(row.get("name")));
    for (const [key, value] of Object.entries(lines ?? {}))
      row.set(key, document.createNode(value));
  }
  writeFileSync(place, document.toString({ lineWidth: 0, flowCollectionPadding: true }));
}
