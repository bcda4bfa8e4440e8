import { describe, expect, it } from "vitest";
import { resolvePointer } from "../../../generator/document/pointer.js";
import { SCHEMA_RULES } from "../../../generator/drift/schema/rules.js";
import { repository } from "../../support/repository.js";
import { changeText, readRows } from "./rows.js";

const ROWS = readRows();
const DIRECTIONS = ["request", "response"] as const;

describe("two schemas", () => {
  it.each(ROWS.map((row) => [row.name, row] as const))("%s", (_, { expected, changes }) => {
    for (const direction of DIRECTIONS)
      expect([direction, ...changes[direction].map(changeText).sort()]).toEqual([
        direction,
        ...[...expected[direction]].sort(),
      ]);
  });

  it("differ at places that there are", () => {
    const lost = ROWS.flatMap(({ name, documents, changes }) =>
      DIRECTIONS.flatMap((direction) => changes[direction])
        .flatMap((change) => [
          { document: documents.old, pointer: change.old?.pointer },
          { document: documents.new, pointer: change.new?.pointer },
        ])
        .filter(
          ({ document, pointer }) =>
            pointer !== undefined && resolvePointer(document, pointer) === undefined,
        )
        .map(({ pointer }) => `${name}: ${pointer ?? ""}`),
    );
    expect(lost).toEqual([]);
  });

  it("are told about in words", async () => {
    const blocks = ROWS.flatMap(({ name, changes }) => {
      const lines = DIRECTIONS.flatMap((direction) =>
        changes[direction].map(
          (change) =>
            `  ${direction}: ${change.message}\n    ${change.old?.pointer ?? "-"} -> ${change.new?.pointer ?? "-"}`,
        ),
      );
      return lines.length === 0 ? [] : [`${name}\n${lines.join("\n")}\n`];
    });
    await expect(blocks.join("\n")).toMatchFileSnapshot(
      repository("test/drift/schema/messages.txt"),
    );
  });
});

describe("a rule about schemas", () => {
  const directed: Readonly<Record<string, readonly string[]>> = {
    "property-became-read-only": ["request"],
    "property-became-writable": ["request"],
    "property-became-write-only": ["response"],
    "property-became-readable": ["response"],
  };

  it.each(Object.keys(SCHEMA_RULES))("%s has a row for each direction", (rule) => {
    const shown = DIRECTIONS.filter((direction) =>
      ROWS.some(({ changes }) => changes[direction].some((change) => change.rule === rule)),
    );
    expect(shown).toEqual(directed[rule] ?? DIRECTIONS);
  });
});
