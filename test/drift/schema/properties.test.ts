import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../generator/document/source.js";
import { worstLevel, type Level } from "../../../generator/drift/level.js";
import type { Direction } from "../../../generator/drift/position.js";
import { createSchemaComparer } from "../../../generator/drift/schema/compare-schemas.js";
import { createSchemaReader } from "../../../generator/drift/schema/read-schema.js";
import { samplesOf } from "../../../generator/drift/schema/samples.js";
import type {
  SchemaChange,
  SchemaDocument,
} from "../../../generator/drift/schema/schema-change.js";
import { KINDS } from "../../../generator/drift/schema/value-types.js";
import {
  anySchemas,
  COMPONENTS,
  OTHER_COMPONENTS,
  plainSchemas,
  values,
} from "./random-schemas.js";
import { changeText, sideOf } from "./rows.js";
import { closed, inlined, inThreeZero, reversed, widened, wrapped } from "./variations.js";

/*
 * What holds for all schemas. A failure prints the seed; `FUZZ_SEED=7 FUZZ_RUNS=5000` tries others, and more. Which values
 * a schema has, Ajv says.
 */

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 40);
// The same schemas each time, unless others are asked for: a new find belongs to who looks for it.
const SEED = Number(process.env["FUZZ_SEED"] ?? 1);
const OPTIONS = { numRuns: RUNS, seed: SEED };
const DIRECTIONS = ["request", "response"] as const;

interface Settings {
  readonly components?: JsonObject;
  readonly before?: SchemaDocument["dialect"];
  readonly after?: JsonObject;
}

function changesOf(
  old: JsonObject,
  now: JsonObject,
  direction: Direction,
  { components = COMPONENTS, before = "3.1", after = COMPONENTS }: Settings = {},
): readonly SchemaChange[] {
  const [left, right] = [sideOf(old, components, before), sideOf(now, after, "3.1")];
  return createSchemaComparer(left.document, right.document)(left.schema, right.schema, direction);
}

function levelOf(changes: readonly SchemaChange[]): Level {
  return worstLevel(changes.map(({ wire }) => wire));
}

/** A schema as Ajv has it: with what it refers to. */
function validator(schema: JsonObject, components: JsonObject): (value: JsonValue) => boolean {
  const ajv = new Ajv2020({ strict: false, logger: false });
  return ajv.compile({ components: { schemas: components }, allOf: [schema] });
}

/** The components for whoever sends only what the document speaks of. */
function closedComponents(components: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(components).map(([name, schema]) => [name, closed(schema as JsonObject)]),
  );
}

function samplesFrom(schema: JsonObject, components: JsonObject): readonly JsonValue[] {
  const { document, schema: placed } = sideOf(schema, components, "3.1");
  const reader = createSchemaReader(document);
  const { shapes } = reader.meaningOf(reader.demandOf(placed));
  return shapes.flatMap((shape) => KINDS.flatMap((kind) => samplesOf(reader, shape, kind)));
}

describe("a schema and itself", () => {
  const variations: Readonly<Record<string, (schema: JsonObject) => JsonObject>> = {
    "as it is": (schema) => schema,
    "with other orders of keys and lists": reversed,
    "with references inlined": (schema) => inlined(schema, COMPONENTS),
    "in parts of one": (schema) => wrapped(schema, "allOf"),
    "as the only variants of oneOf": (schema) => wrapped(schema, "oneOf"),
    "as the only variants of anyOf": (schema) => wrapped(schema, "anyOf"),
  };

  it.each(Object.entries(variations))("differ in nothing, %s", (_, vary) => {
    fc.assert(
      fc.property(anySchemas, (schema) => {
        for (const direction of DIRECTIONS) {
          expect(changesOf(schema, vary(schema), direction).map(changeText)).toEqual([]);
          expect(changesOf(vary(schema), schema, direction).map(changeText)).toEqual([]);
        }
      }),
      OPTIONS,
    );
  });

  it("differ in nothing, as OpenAPI 3.0 spells it", () => {
    fc.assert(
      fc.property(anySchemas, (schema) => {
        const old = inThreeZero(schema);
        for (const direction of DIRECTIONS) {
          const changes = changesOf(old, schema, direction, { before: "3.0" });
          expect(changes.map(changeText)).toEqual([]);
        }
      }),
      OPTIONS,
    );
  });
});

describe("a schema that allows more", () => {
  it("breaks no request, and one that allows less no response", () => {
    fc.assert(
      fc.property(anySchemas, fc.nat(96), (schema, choice) => {
        const wide = widened(schema, choice);
        expect(changesOf(schema, wide, "request").filter(isBreaking).map(changeText)).toEqual([]);
        expect(changesOf(wide, schema, "response").filter(isBreaking).map(changeText)).toEqual([]);
      }),
      OPTIONS,
    );
  });
});

describe("a value that is valid on one side only", () => {
  const holds = (
    left: JsonObject,
    right: JsonObject,
    random: readonly JsonValue[],
    isPlain: boolean,
  ): void => {
    const sides = [
      { direction: "request", sent: left, from: COMPONENTS, taken: right, to: OTHER_COMPONENTS },
      { direction: "response", sent: right, from: OTHER_COMPONENTS, taken: left, to: COMPONENTS },
    ] as const;
    for (const { direction, sent, from, taken, to } of sides) {
      const isSent = validator(closed(sent), closedComponents(from));
      const isTaken = validator(taken, to);
      const witness = [...random, ...samplesFrom(sent, from)].find(
        (value) => isSent(value) && !isTaken(value),
      );
      if (witness === undefined) continue;
      const changes = changesOf(left, right, direction, { after: OTHER_COMPONENTS });
      const told = { direction, witness, changes: changes.map(changeText) };
      if (isPlain)
        expect({ ...told, level: levelOf(changes) }).toMatchObject({ level: "breaking" });
      else expect({ ...told, level: levelOf(changes) }).not.toMatchObject({ level: "safe" });
    }
  };

  it("breaks whoever sends it, where nothing is composed", () => {
    fc.assert(
      fc.property(plainSchemas, plainSchemas, fc.array(values), (old, now, random) => {
        holds(old, now, random, true);
      }),
      OPTIONS,
    );
  });

  it("breaks whoever sends it, when one schema is a variation of the other", () => {
    fc.assert(
      fc.property(plainSchemas, fc.nat(96), fc.array(values), (schema, choice, random) => {
        holds(schema, widened(schema, choice), random, false);
        holds(widened(schema, choice), schema, random, false);
      }),
      OPTIONS,
    );
  });

  it("is never passed over, whatever is composed", () => {
    fc.assert(
      fc.property(anySchemas, anySchemas, fc.array(values), (old, now, random) => {
        holds(old, now, random, false);
      }),
      OPTIONS,
    );
  });
});

function isBreaking({ wire }: SchemaChange): boolean {
  return wire === "breaking";
}
