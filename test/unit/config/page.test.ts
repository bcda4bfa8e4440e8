import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadConfiguration } from "../../../generator/config/load.js";
import { repository } from "../../support/repository.js";
import { schemaKeys, type SchemaKey } from "../../support/schema-keys.js";

/* docs/configuration.md tells every key of schema.json, with its default, and shows it in an example that is right. */

const PAGE = readFileSync(repository("docs/configuration.md"), "utf8");

/** The sections of the page, and the keys that their tables list, by where they stand. */
const TABLES: readonly (readonly [heading: string, places: RegExp])[] = [
  ["The file", /^[^.]+$/],
  ["A service", /^services\.\*\.[^.]+$/],
  ["Which operations", /^services\.\*\.(?:include|exclude)\.[^.]+$/],
  ["Where it is published", /^services\.\*\.upstream\.[^.]+$/],
  ["Extensions", /^extensions\.[^.]+$/],
  ["References", /^(?:services\.\*\.)?references\..+$/],
  ["Limits", /^(?:services\.\*\.)?limits\.[^.]+$/],
];

const KEYS = schemaKeys();
const EXAMPLES = [...PAGE.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map((match) => match[1] ?? "");

/** The rows of the table in a section: the key, and the default. */
function rowsOf(heading: string): ReadonlyMap<string, string> {
  const section = PAGE.split(/^#{2,3} /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  const rows = [...section.matchAll(/^\| `([^`]+)` +\| .+ \| (.+?) +\|$/gm)];
  return new Map(rows.map(([, key = "", usual = ""]) => [key, usual]));
}

function nameOf({ key }: SchemaKey): string {
  return key.split(".").at(-1) ?? "";
}

describe("docs/configuration.md", () => {
  test("has a table for each key", () => {
    const homeless = KEYS.filter(({ key }) => !TABLES.some(([, places]) => places.test(key)));
    expect(homeless.map(({ key }) => key)).toEqual([]);
  });

  test.each(TABLES)("lists under %s what there is, with its default", (heading, places) => {
    const rows = rowsOf(heading);
    const keys = KEYS.filter(({ key }) => places.test(key));
    expect([...rows.keys()].sort()).toEqual([...new Set(keys.map(nameOf))].sort());
    for (const each of keys) {
      const usual = (
        each.schema as { readonly default?: boolean | number | string | readonly string[] }
      ).default;
      if (usual !== undefined && typeof usual !== "object")
        expect(rows.get(nameOf(each))).toBe(`\`${usual}\``);
    }
  });

  test.each(EXAMPLES)("has an example that is right: %#", async (text) => {
    const { diagnostics } = await loadConfiguration("driftline.yaml", (file) => {
      if (file.endsWith("driftline.yaml")) return Promise.resolve(new TextEncoder().encode(text));
      return Promise.resolve(new TextEncoder().encode("{}"));
    });
    // No test has that package.
    expect(diagnostics.filter(({ message }) => !message.startsWith('"@acme/'))).toEqual([]);
  });

  test("shows each key in an example", () => {
    const shown = new Set(EXAMPLES.flatMap((text) => keysIn(parse(text))));
    expect([...new Set(KEYS.map(nameOf))].filter((key) => !shown.has(key))).toEqual([]);
  });
});

function keysIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [key, ...keysIn(child)]);
}
