import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import schema from "../../../generator/config/schema.json" with { type: "json" };
import { LIMITS } from "../../../generator/document/limits.js";
import { repository } from "../../support/repository.js";

describe.each(Object.entries(LIMITS))("the limit %s", (name, usual) => {
  test("can be set, and the schema says what it usually is", () => {
    const { properties } = schema.$defs.limits;
    const texts = Object.entries(properties).map(([key, { description }]) => [key, description]);
    expect(new Map(texts as [string, string][]).get(name)).toMatch(new RegExp(`\\(${usual}\\)$`));
  });

  test("stands in the page about documents", () => {
    const page = readFileSync(repository("docs/documents.md"), "utf8");
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` +\\| +${usual} \\|`, "m"));
  });
});
