import { Ajv2020 } from "ajv/dist/2020.js";
import { isObject, member, objectMember, stringsMember } from "../../../generator/document/json.js";
import type { JsonObject, JsonValue } from "../../../generator/document/source.js";
import { makingOf } from "../../../generator/examples/values/making.js";
import { makeValue } from "../../../generator/examples/values/make.js";
import { loadDocument } from "../../../generator/load-document.js";
import { bridgeFiles } from "../../../generator/make-bridges.js";
import type { GeneratedFile } from "../../../generator/output/generated-file.js";
import { follow } from "../../../generator/resolve/references.js";
import type { PlacedSchema } from "../../../generator/resolve/resolved-api.js";
import { runStages } from "../../../generator/stages.js";
import { findFamilies } from "../../../generator/types/families.js";
import type { TypeTable } from "../../../generator/types/types.js";
import type { ResponseTables, StandardSchema } from "../../../templates/runtime/response-tables.js";

/** A schema of an answer, its name for whoever reads the test's complaints, and the validator that was made of it. */
export interface Case {
  readonly name: string;
  readonly placed: PlacedSchema;
  readonly validator: StandardSchema;
}

/** The schemas of all answers that have a validator, each once. */
export function casesOf(types: TypeTable, tables: ResponseTables): readonly Case[] {
  const found = new Map<StandardSchema, Case>();
  const operations = types.named.classes.flatMap((named) => named.operations);
  for (const { methodName, operation } of operations) {
    for (const { status, mediaTypes } of operation.responses) {
      for (const { name, schema } of mediaTypes) {
        const statuses = tables.map((table) => table.operations[methodName]).find(Boolean);
        const validator = statuses?.[String(status)]?.[name];
        if (validator === undefined || validator === null || schema === undefined) continue;
        found.set(validator, { name: `${methodName} ${status}`, placed: schema, validator });
      }
    }
  }
  return [...found.values()];
}

/** The types of a document, and the file of its validators. */
export async function zodOf(
  file: string,
): Promise<{ readonly types: TypeTable; readonly files: readonly GeneratedFile[] }> {
  const { value: source } = await loadDocument({ file });
  if (source === undefined) throw new Error(`${file} cannot be read`);
  const { types, model } = runStages(source, {});
  if (types === undefined || model === undefined) throw new Error(`${file} has no types`);
  return { types, files: bridgeFiles({ types, model, runtime: "../runtime" }, ["zod"]) };
}

/* ------------------------------------------------------------------------------ verdicts */

/** Whether values are of a schema, by a library that shares nothing with the generator. */
export function referee({
  named: { api },
}: TypeTable): (placed: PlacedSchema) => (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: false });
  ajv.addSchema({
    ...(asValidated(api.document, api.document) as JsonObject),
    $id: "https://document.test/",
  });
  return ({ pointer }) => {
    const validate = ajv.compile({ $ref: `https://document.test/#${encodeURI(pointer)}` });
    return (value) => validate(value);
  };
}

/** Patterns that take more time than the text is long; nobody runs them. */
const COSTLY_PATTERNS: readonly string[] = ["^[a-z0-9_]+([a-z0-9_.-]+[a-z0-9_]+)?$"];

/**
 * A document without what validators leave to others, which `docs/bridges.md` lists: that only one of several
 * alternatives may match, and what is written only is part of no answer.
 */
function asValidated(value: JsonValue, document: JsonObject): JsonValue {
  if (Array.isArray(value)) return value.map((item) => asValidated(item, document));
  if (!isObject(value)) return value;
  const { oneOf, pattern, ...others } = value;
  const entries = Object.entries(others).map(([key, inside]) => [
    key,
    key === "required" && Array.isArray(inside)
      ? required(value, document)
      : asValidated(inside ?? null, document),
  ]);
  return {
    ...(Object.fromEntries(entries) as JsonObject),
    ...(typeof pattern === "string" && !COSTLY_PATTERNS.includes(pattern) ? { pattern } : {}),
    ...(Array.isArray(oneOf) ? { anyOf: asValidated(oneOf, document) } : {}),
  };
}

function required(schema: JsonObject, document: JsonObject): readonly string[] {
  return stringsMember(schema, "required").filter((name) => {
    const property = member(objectMember(schema, "properties"), name);
    const target = follow(document, property, "")?.value;
    return member(property, "writeOnly") !== true && member(target, "writeOnly") !== true;
  });
}

/** Whether a validator lets a value through. */
export function passes({ validator }: Case, value: unknown): boolean {
  const result = validator["~standard"].validate(value);
  if (result instanceof Promise) throw new Error("zod answers at once");
  return result.issues === undefined;
}

/* -------------------------------------------------------------------------------- values */

/** What an answer can be, as programs on pages show it. */
export function exampleOf({ placed }: Case, { named: { api } }: TypeTable): JsonValue | undefined {
  const context = { api, families: findFamilies(api), known: new Map() };
  return makeValue([placed], "value", makingOf(context, { input: false, isWhole: true }));
}

/** Values of every type, and some at the limits of what schemas allow. */
const OTHERS: readonly JsonValue[] = [
  ...[null, true, 0, -1, 1.5, 1e12, "", "x", "\u{1f600}".repeat(300), "a b/c"],
  ...[[], {}, [1, 1], { key: 1 }, { key: "x" }],
];

/** Places of a value where it is changed, beyond which others are not. */
const MOST_PLACES = 25;

/** The value with one thing changed, in many ways: another type, another length, missing members, others beside. */
export function* mutationsOf(value: JsonValue): Generator<JsonValue> {
  for (const path of placesIn(value).slice(0, MOST_PLACES)) {
    for (const other of OTHERS) yield changed(value, path, () => other);
    yield changed(value, path, () => undefined);
    yield changed(value, path, (before) =>
      Array.isArray(before)
        ? [...before, ...before]
        : isObject(before)
          ? { ...before, unheardOf: "x" }
          : typeof before === "string"
            ? before.repeat(20)
            : before,
    );
  }
}

type Path = readonly (string | number)[];

function placesIn(value: JsonValue, path: Path = []): readonly Path[] {
  const inside = Array.isArray(value)
    ? value.slice(0, 1).flatMap((item, index) => placesIn(item, [...path, index]))
    : isObject(value)
      ? Object.keys(value).flatMap((key) => placesIn(value[key] ?? null, [...path, key]))
      : [];
  return [path, ...inside];
}

function changed(
  value: JsonValue,
  [key, ...path]: Path,
  change: (before: JsonValue) => JsonValue | undefined,
): JsonValue {
  if (key === undefined) return change(value) ?? null;
  const inside = (value as Record<string | number, JsonValue>)[key] ?? null;
  const after = path.length === 0 ? change(inside) : changed(inside, path, change);
  if (Array.isArray(value))
    return value.map((item, index) => (index === key ? (after ?? null) : item));
  const others = Object.fromEntries(
    Object.entries(value as Record<string, JsonValue>).filter(([name]) => name !== key),
  );
  return after === undefined ? others : { ...others, [key]: after };
}
