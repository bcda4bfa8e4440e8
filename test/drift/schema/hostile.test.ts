import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../generator/document/source.js";
import { createSchemaComparer } from "../../../generator/drift/schema/compare-schemas.js";
import { changeText, sideOf } from "./rows.js";

/* Small documents that must not keep a comparison busy: what is not looked into is told as undecidable. */

const reference = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

/** `U0` is `U1` or something else, `U1` is `U2` or something else, and so on. */
function chain(length: number, last: JsonValue, other: (index: number) => JsonValue): JsonObject {
  return Object.fromEntries(
    Array.from({ length }, (_, index) => [
      `U${index}`,
      { oneOf: [index < length - 1 ? reference(`U${index + 1}`) : last, other(index)] },
    ]),
  );
}

const integers = (index: number): JsonValue => ({ type: "integer", minimum: index + 2 });

/** Two unions at once, each of many alternatives. */
function product(count: number, extra: number): JsonObject {
  const each = (keyword: string, more: number): JsonValue[] =>
    Array.from({ length: count }, (_, index) => ({ type: "string", [keyword]: index + more }));
  return { oneOf: each("maxLength", extra), anyOf: each("minLength", 0) };
}

interface Documents {
  readonly old: { readonly schema: JsonObject; readonly components: JsonObject };
  readonly new: { readonly schema: JsonObject; readonly components: JsonObject };
  readonly expected: readonly string[];
}

function chains(
  length: number,
  other: (index: number) => JsonValue,
  expected: readonly string[],
): Documents {
  const side = (minimum: number): Documents["old"] => ({
    schema: reference("U0"),
    components: chain(length, { type: "integer", minimum }, other),
  });
  return { old: side(0), new: side(1), expected };
}

const DOCUMENTS: Readonly<Record<string, Documents>> = {
  "unions inside each other": chains(40, integers, ["breaking minimum-raised"]),
  "more unions inside each other than are compared": chains(1000, integers, [
    "undecidable comparison-cut",
  ]),
  "unions inside each other that are no choice": chains(5000, () => false, [
    "undecidable comparison-cut",
  ]),
  "two large unions at once": {
    old: { schema: product(4000, 1), components: {} },
    new: { schema: product(4000, 2), components: {} },
    expected: ["undecidable comparison-cut"],
  },
};

describe("a comparison of schemas comes to an end with", () => {
  it.each(Object.entries(DOCUMENTS))("%s", (_, { old, new: now, expected }) => {
    const before = sideOf(old.schema, old.components, "3.1");
    const after = sideOf(now.schema, now.components, "3.1");
    const compare = createSchemaComparer(before.document, after.document);
    expect(compare(before.schema, after.schema, "request").map(changeText)).toEqual(expected);
  });
});
