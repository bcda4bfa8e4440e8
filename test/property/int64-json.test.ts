import fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import {
  Int64Place,
  type Int64Policy,
  type Int64Schema,
} from "../../templates/runtime/int64-schema.js";
import { parseInt64 } from "../../templates/runtime/parse-int64.js";
import { stringifyInt64 } from "../../templates/runtime/stringify-int64.js";

const RUNS = { numRuns: 3000 };

/** What a function gives, or that it throws. */
function attempt(run: () => unknown): unknown {
  try {
    return { value: run() };
  } catch (error) {
    return (error as Error).name;
  }
}

function parse(text: string, policy: Int64Policy, schema: Int64Schema): unknown {
  return parseInt64(text, policy, new Int64Place([schema]), (path) => new RangeError(path));
}

const string = fc.oneof(
  fc.string(),
  fc.constantFrom("__proto__", "constructor", "\0", "\0\0", "\u00009007199254740993", '\\"', "\\"),
);

const number = fc.oneof(
  fc.double(),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  fc
    .tuple(fc.bigInt(), fc.nat(), fc.integer({ min: -400, max: 400 }))
    .map(([whole, fraction, exponent]) => `${whole}.${fraction}e${exponent}`),
);

const space = fc.constantFrom("", "", " ", "\n\t ");

/** The text of any JSON value, however it is spaced and escaped. */
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    number.map((value) => String(value).replace(/^(?:NaN|-?Infinity)$/, "0")),
    string.map((value) => JSON.stringify(value)),
    string.map((value) => JSON.stringify(value).replaceAll(/[a-z](?![0-9a-f]*")/g, "\\u0061")),
    fc.constantFrom("true", "false", "null"),
    fc
      .tuple(fc.array(tie("json")), space)
      .map(([items, gap]) => `[${gap}${items.join(`${gap},`)}]`),
    fc
      .tuple(fc.array(fc.tuple(string, tie("json"))), space)
      .map(([members, gap]) =>
        members.map(([key, value]) => `${JSON.stringify(key)}${gap}:${gap}${value}`),
      )
      .map((members) => `{${members.join(",")}}`),
  ),
}));

/** Text that mostly is no JSON, but nearly. */
const nearly = fc
  .tuple(
    json,
    fc.nat(),
    fc.constantFrom("", '"', "\\", "-", "0", ".", "e", ":", ",", "[", "}", " "),
  )
  .map(([text, at, piece]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + piece + text.slice(place + (piece === "" ? 1 : 0));
  });

describe("parsing", () => {
  it("is what JSON.parse does where no schema has 64-bit integers", () => {
    const property = fc.property(fc.oneof(json, nearly), (text) => {
      const expected = attempt(() => JSON.parse(text) as unknown);
      expect(
        isDeepStrictEqual(
          attempt(() => parse(text, "bigint", {})),
          expected,
        ),
      ).toBe(true);
    });
    fc.assert(property, RUNS);
  });
});

/** A schema, a value that it describes, with bigints, and the same with strings. */
interface Described {
  readonly schema: Int64Schema;
  readonly bigints: unknown;
  readonly strings: unknown;
}

const { described } = fc.letrec<{ described: Described }>((tie) => ({
  described: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc
      .bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n })
      .map((value): Described => ({ schema: "int64", bigints: value, strings: String(value) })),
    fc
      .oneof(string, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null))
      .map((value) => (Object.is(value, -0) ? 0 : value))
      .map((value): Described => ({ schema: {}, bigints: value, strings: value })),
    fc.array(tie("described")).map((items): Described => ({
      schema: () => ({ prefixItems: items.map(({ schema }) => schema) }),
      bigints: items.map(({ bigints }) => bigints),
      strings: items.map(({ strings }) => strings),
    })),
    fc
      .uniqueArray(fc.tuple(string, tie("described")), { selector: ([key]) => key })
      .map((members): Described => ({
        schema: { anyOf: [{ properties: record(members, ({ schema }) => schema) }, {}] },
        bigints: record(members, ({ bigints }) => bigints),
        strings: record(members, ({ strings }) => strings),
      })),
  ),
}));

function record<T>(
  members: readonly (readonly [string, Described])[],
  of: (member: Described) => T,
): Record<string, T> {
  return Object.fromEntries(members.map(([key, member]) => [key, of(member)]));
}

describe("what is written and read again", () => {
  it.each(["bigints", "strings"] as const)("is the same with %s", (kind) => {
    const policy = kind === "bigints" ? "bigint" : "string";
    const property = fc.property(described, ({ schema, [kind]: value }) => {
      const text = stringifyInt64(value, schema) ?? "";
      expect(isDeepStrictEqual(parse(text, policy, schema), value)).toBe(true);
    });
    fc.assert(property, RUNS);
  });

  it("is what JSON.stringify writes where nothing is a 64-bit integer", () => {
    const property = fc.property(fc.jsonValue(), (value) => {
      expect(stringifyInt64(value)).toBe(JSON.stringify(value));
    });
    fc.assert(property, RUNS);
  });
});
