import { describe, expect, it } from "vitest";
import { RULES } from "../../generator/drift/rules.js";
import { SCHEMA_RULES } from "../../generator/drift/schema/rules.js";
import { SURFACE_RULES } from "../../generator/drift/surface/rules.js";
import { WIRE_RULES } from "../../generator/drift/wire/rules.js";

describe("the rules of all tables", () => {
  const ids = [SCHEMA_RULES, WIRE_RULES, SURFACE_RULES].flatMap((table) => Object.keys(table));

  it("stand in one table each", () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(Object.entries(RULES))("%s is in kebab case, and says what to do", (id, rule) => {
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(rule.title).toMatch(/^[^.]+$/);
    expect(rule.meaning).toMatch(/\.$/);
    expect(rule.hint).toMatch(/\.$/);
  });
});
