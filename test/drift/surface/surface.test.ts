import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SURFACE_RULES } from "../../../generator/drift/surface/rules.js";
import { SCHEMA_RULES } from "../../../generator/drift/schema/rules.js";
import { WIRE_RULES } from "../../../generator/drift/wire/rules.js";
import { changesIn, changeText, expectedChanges, expectedFile, SURFACE_CASES } from "./cases.js";

describe("what stops code from compiling", () => {
  it.each(SURFACE_CASES.map((found) => [found.name, found] as const))(
    "%s",
    async (_name, found) => {
      const text = (await changesIn(found)).map((change) => `${changeText(change)}\n`).join("\n");
      if (process.env["UPDATE_GOLDEN"] !== undefined) writeFileSync(expectedFile(found), text);
      expect(text).toBe(expectedChanges(found));
    },
  );

  it("has a case for each rule", () => {
    const told = SURFACE_CASES.map(expectedChanges).join("\n");
    const missing = Object.keys(SURFACE_RULES).filter(
      (rule) => !told.includes(`breaking ${rule}\n`),
    );
    expect(missing).toEqual([]);
  });

  it("has rules of its own names", () => {
    const others = new Set([...Object.keys(SCHEMA_RULES), ...Object.keys(WIRE_RULES)]);
    expect(Object.keys(SURFACE_RULES).filter((rule) => others.has(rule))).toEqual([]);
  });
});
