import { afterAll, describe, expect, it } from "vitest";
import { WIRE_RULES } from "../../../generator/drift/wire/rules.js";
import { compareOnWire, line } from "../support.js";
import { documentsOf, readTables, writeExpected, type Row } from "./rows.js";

/*
 * What changes in an operation, and in the document around it: each row is looked at in both ways.
 */

const isUpdate = process.env["UPDATE_GOLDEN"] === "1";
const TABLES = readTables();

describe.each(TABLES)("%s", (file, rows) => {
  const found = new Map<string, Pick<Row, "expected" | "back">>();

  it.each(rows)("$name", (row) => {
    const [old, current] = documentsOf(row);
    const options = row.extensions === undefined ? {} : { extensions: row.extensions };
    const forth = compareOnWire(old, current, options).findings.map(line);
    const back = compareOnWire(current, old, options).findings.map(line);
    found.set(row.name, { expected: forth, back });
    if (isUpdate) return;
    expect(forth).toEqual(row.expected);
    expect(back).toEqual(row.back);
  });

  it("has a name of its own for each row", () => {
    const names = rows.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  afterAll(() => {
    if (isUpdate) writeExpected(file, found);
  });
});

describe("the rules of the wire", () => {
  const lines = TABLES.flatMap(([, rows]) => rows.flatMap((row) => [...row.expected, ...row.back]));
  const told = new Set(lines.map((text) => text.split(" ")[1]));

  it.each(Object.keys(WIRE_RULES))("%s has a row", (rule) => {
    expect(told).toContain(rule);
  });
});
