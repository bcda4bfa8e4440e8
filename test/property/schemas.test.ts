import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../generator/document/source.js";
import { documentOf, emitDocument } from "../support/generate.js";
import { typeErrors } from "../support/type-check.js";

/*
 * Schemas together with values that satisfy them, made of keywords that a type expresses, and of some that only a
 * comment tells. The compiler has to take the values, and to refuse those that a validator refuses because of a keyword
 * that the type claims to express.
 */

interface Sample {
  readonly schema: JsonObject;
  /** Satisfies the schema. */
  readonly value: JsonValue;
  /** Values of which most do not satisfy it; a validator says which. */
  readonly others: readonly JsonValue[];
}

/** Values of every type: something for each schema to refuse. */
const ANY_TYPE: readonly JsonValue[] = [null, true, 12_345, "~ other ~", ["~ other ~"], {}];

const sample = (
  schema: JsonObject,
  value: JsonValue,
  others: readonly JsonValue[] = [],
): Sample => ({
  schema,
  value,
  others: [...ANY_TYPE, ...others],
});

/* ------------------------------------------------------------------------------ scalars */

const text = fc.string({ minLength: 1, maxLength: 5 });
const name = fc.constantFrom("a", "b", "c", "a b", "1", "then", "100%", "*/");

const scalar: fc.Arbitrary<Sample> = fc.oneof(
  text.map((value) => sample({ type: "string", minLength: 1 }, value)),
  fc.integer().map((value) => sample({ type: "integer", multipleOf: 1 }, value)),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => sample({ type: "number" }, value)),
  fc.boolean().map((value) => sample({ type: "boolean" }, value)),
  fc.constant(sample({ type: "null" }, null)),
  text.map((value) => sample({ type: ["string", "null"] }, value)),
  fc.constant(sample({ type: ["boolean", "null"] }, null)),
  fc
    .uniqueArray(fc.oneof(text, fc.integer(), fc.boolean()), { minLength: 1, maxLength: 4 })
    .map((values) => sample({ enum: values }, values[0] ?? null)),
);

/** A constant of any kind. */
const constant: fc.Arbitrary<Sample> = fc
  .jsonValue({ maxDepth: 2 })
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonValue)
  .map((value) => sample({ const: value }, value));

/* -------------------------------------------------------------------------- structures */

interface PropertySample {
  readonly name: string;
  readonly sample: Sample;
  readonly isRequired: boolean;
  readonly isPresent: boolean;
}

function objectOf(properties: readonly PropertySample[], rest: JsonObject = {}): Sample {
  const present = properties.filter(({ isRequired, isPresent }) => isRequired || isPresent);
  const value = record(present.map(({ name: key, sample: { value: one } }) => [key, one]));
  const required = properties.filter(({ isRequired }) => isRequired).map(({ name: key }) => key);
  const without = required.map((key) =>
    record(Object.entries(value).filter(([other]) => other !== key)),
  );
  const changed = present.flatMap(({ name: key, sample: { others } }) =>
    others.map((other) => record([...Object.entries(value), [key, other]])),
  );
  const schema = {
    type: "object",
    properties: record(properties.map(({ name: key, sample: one }) => [key, one.schema])),
    ...(required.length === 0 ? {} : { required }),
    ...rest,
  };
  return sample(schema, value, [...without, ...changed]);
}

/** An object of the entries that are there. */
function record(entries: readonly (readonly [string, JsonValue | undefined])[]): JsonObject {
  const made: JsonObject = Object.fromEntries(entries);
  return made;
}

/** A list of items that are all alike. */
function listOf({ schema, value, others }: Sample): Sample {
  return sample({ type: "array", items: schema }, [value, value], [[...others.slice(0, 2)]]);
}

const { any } = fc.letrec<{ any: Sample; properties: PropertySample[]; object: Sample }>((tie) => ({
  properties: fc.uniqueArray(
    fc.record({
      name,
      sample: tie("any"),
      isRequired: fc.boolean(),
      isPresent: fc.boolean(),
    }),
    { maxLength: 4, selector: (property) => property.name },
  ),
  object: tie("properties").map((properties) => objectOf(properties)),
  any: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    { weight: 3, arbitrary: scalar },
    constant,
    tie("object"),
    tie("properties").map((properties) => objectOf(properties, { additionalProperties: false })),
    // A map; that a key has another type is seen in the type of the index.
    tie("any").map((one) =>
      sample(
        { type: "object", additionalProperties: one.schema },
        { key: one.value, other: one.value },
      ),
    ),
    tie("any").map(listOf),
    // A tuple, closed or with a rest.
    fc
      .tuple(fc.array(tie("any"), { minLength: 1, maxLength: 3 }), tie("any"))
      .map(([items, rest]) => {
        const values = items.map(({ value }) => value);
        return sample(
          {
            type: "array",
            prefixItems: items.map((one) => one.schema),
            items: rest.schema,
            minItems: items.length,
          },
          [...values, rest.value, rest.value],
          [values.slice(1)],
        );
      }),
    fc.array(tie("any"), { minLength: 1, maxLength: 3 }).map((items) => {
      const values = items.map(({ value }) => value);
      return sample(
        {
          type: "array",
          prefixItems: items.map((one) => one.schema),
          items: false,
          minItems: items.length,
        },
        values,
        [[...values, 1], values.slice(1)],
      );
    }),
    fc.tuple(tie("any"), fc.integer({ min: 1, max: 4 })).map(([one, length]) =>
      sample(
        { type: "array", items: one.schema, minItems: length, maxItems: length },
        Array.from({ length }, () => one.value),
        [Array.from({ length: length + 1 }, () => one.value)],
      ),
    ),
    fc
      .array(tie("any"), { minLength: 1, maxLength: 3 })
      .map((members) =>
        sample({ anyOf: members.map((one) => one.schema) }, members[0]?.value ?? null),
      ),
    // Parts of different properties, one of them beside the allOf.
    fc.tuple(tie("any"), tie("any"), tie("any")).map(([one, two, three]) => {
      const part = (key: string, of: Sample): Sample =>
        objectOf([{ name: key, sample: of, isRequired: true, isPresent: true }]);
      const [first, second, own] = [part("x", one), part("y", two), part("z", three)];
      const value = { ...objectAt(first), ...objectAt(second), ...objectAt(own) };
      return sample({ allOf: [first.schema, second.schema], ...own.schema }, value, [
        objectAt(first),
        objectAt(own),
      ]);
    }),
  ),
}));

function objectAt({ value }: Sample): JsonObject {
  return value as JsonObject;
}

/* ------------------------------------------------------------------------- the compiler */

/** Programs that assign values to the types of schemas: what has to compile, and what must not, by line. */
function complaints(samples: readonly Sample[]): readonly string[] {
  const ajv = new Ajv2020({ strict: false, ownProperties: true });
  const schemas = Object.fromEntries(samples.map(({ schema }, index) => [`S${index}`, schema]));
  const files = emitDocument(documentOf({ components: { schemas } }));
  const program: string[] = ['import type * as models from "./models.js";'];
  for (const [index, { schema, value, others }] of samples.entries()) {
    const validate = ajv.compile(schema);
    expect(validate(value), JSON.stringify({ schema, value })).toBe(true);
    program.push(assignment(`good${index}`, index, value));
    const bad = [...new Map(others.map((other) => [JSON.stringify(other), other])).values()];
    for (const [position, other] of bad.entries()) {
      if (validate(other)) continue;
      program.push("// @ts-expect-error", assignment(`bad${index}x${position}`, index, other));
    }
  }
  const models = files.filter(({ path }) => path === "models.ts");
  const found = typeErrors(
    new Map([
      ...models.map(({ path, text: its }) => [`sample/${path}`, its] as const),
      ["sample/program.ts", program.join("\n")],
    ]),
  );
  return found.map((complaint) => explained(complaint, program, schemas));
}

/** A complaint with the statement that it is about, and the schema. */
function explained(
  complaint: string,
  program: readonly string[],
  schemas: Readonly<Record<string, JsonObject>>,
): string {
  const line = Number(/program\.ts:([0-9]+)/.exec(complaint)?.[1] ?? 0);
  const isUnused = complaint.includes("TS2578");
  const statement = program[isUnused ? line : line - 1] ?? "";
  const schema = schemas[/models\.(S[0-9]+)/.exec(statement)?.[1] ?? ""];
  return [complaint, statement, JSON.stringify(schema)].join("\n  ");
}

function assignment(variable: string, index: number, value: JsonValue): string {
  return `export const ${variable}: models.S${index} = ${literal(value)};`;
}

/** A value as an expression; a literal `__proto__` would set the prototype. */
function literal(value: JsonValue): string {
  return JSON.stringify(value).replaceAll('"__proto__":', '["__proto__"]:');
}

it("gives types that take what satisfies a schema, and nothing that is of another type", () => {
  fc.assert(
    fc.property(fc.array(any, { minLength: 40, maxLength: 40 }), (samples) => {
      expect(complaints(samples)).toEqual([]);
    }),
    { numRuns: 4, endOnFailure: true },
  );
}, 120_000);
