import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import schema from "../../../generator/config/schema.json" with { type: "json" };
import type { ConfigurationSchema } from "../../../generator/config/validate.js";
import { readFileSync } from "node:fs";
import { repository } from "../../support/repository.js";
import { schemaKeys } from "../../support/schema-keys.js";

/* The schema that editors read. They know draft-07 at least, and some of them newer drafts. */

/** Keywords of editors, which no draft has. */
const OF_EDITORS = ["enumDescriptions", "patternErrorMessage"];

const VALIDATORS = [
  ["draft-07", new Ajv({ allErrors: true, allowUnionTypes: true })],
  ["2020-12", new Ajv2020({ allErrors: true, allowUnionTypes: true })],
] as const;
for (const [, ajv] of VALIDATORS) ajv.addVocabulary(OF_EDITORS);

const OWN = readFileSync(repository("driftline.yaml"), "utf8");

describe("schema.json", () => {
  test.each(VALIDATORS)("is a schema of %s, and says what driftline says", (draft, ajv) => {
    // The newer validator knows its own drafts only.
    const { $schema, ...rest } = schema;
    const isRight = ajv.compile(draft === "draft-07" ? { $schema, ...rest } : rest);
    const accepts = (text: string): boolean => isRight(parse(text));
    expect(accepts(OWN)).toBe(true);
    expect(
      accepts("services: { a: { input: x, output: b, bridges: [zod] } }\nruntime: separate"),
    ).toBe(true);
    expect(accepts("extends: [./a.yaml, '@b/c/d.yaml']\nservices: { a: {input: x} }")).toBe(true);
    // What a file does not say may be said by what it extends, and by nothing else.
    expect(accepts("extends: ./a.yaml\nservices: { a: { docs: true, upstream: {} } }")).toBe(true);
    expect(accepts("output: a")).toBe(false);
    expect(accepts("services: { a: { docs: true } }")).toBe(false);
    expect(accepts("services: {}")).toBe(false);
    expect(accepts("services: { A: { input: x } }")).toBe(false);
    expect(accepts("services: { a: { input: x, int64: long } }")).toBe(false);
    expect(accepts("services: { a: { input: x } }\noutput: ../b")).toBe(false);
    expect(accepts("services: { a: { input: x } }\nextends: https://a.example/b.yaml")).toBe(false);
    expect(accepts("services: { a: { input: x } }\nlimits: { depth: 1001 }")).toBe(false);
  });

  test("is named by no address from which it would be fetched", () => {
    expect(schema.$id).toMatch(/^urn:/);
  });

  test.each(schemaKeys())(
    "tells of $key what it is, and gives right examples",
    ({ schema: part }) => {
      expect(part.description).toMatch(/^[a-z].*[^.]$/);
      const { $defs } = schema;
      const isRight = new Ajv2020({ allowUnionTypes: true })
        .addVocabulary(OF_EDITORS)
        .compile({ ...part, $defs });
      const { examples = [], default: usual } = part as Annotations;
      for (const value of usual === undefined ? examples : [...examples, usual])
        expect(isRight(value)).toBe(true);
      if (part.enum !== undefined)
        expect((part as Annotations).enumDescriptions).toHaveLength(part.enum.length);
    },
  );

  test("says what is wrong in the same words in editors and on the command line", () => {
    const patterns = partsOf(schema).filter(({ pattern }) => pattern !== undefined);
    expect(patterns.length).toBeGreaterThan(5);
    for (const { patternErrorMessage, description } of patterns)
      expect(patternErrorMessage).toBe(`This should be ${description ?? ""}.`);
  });
});

interface Annotations extends ConfigurationSchema {
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly enumDescriptions?: readonly string[];
  readonly patternErrorMessage?: string;
}

/** Every part of a schema that has keywords. */
function partsOf(value: unknown): readonly Annotations[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "description" in value && typeof value.description === "string" ? [value] : [];
  return [...(own as readonly Annotations[]), ...Object.values(value).flatMap(partsOf)];
}
