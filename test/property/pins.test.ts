import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../generator/diagnostics/diagnostic.js";
import type { JsonObject } from "../../generator/document/source.js";
import { nameApi } from "../../generator/names/name.js";
import type { NamedApi } from "../../generator/names/named-api.js";
import { emitApi } from "../../generator/emit/emit.js";
import { NO_PINS, type Pins } from "../../generator/names/pins.js";
import type { GeneratedFile } from "../../generator/output/generated-file.js";
import { assertWritablePaths } from "../../generator/output/paths.js";
import { lockText, parseLock } from "../../generator/pins/lock-file.js";
import { pinsJson } from "../../generator/pins/pins-json.js";
import { resolveApi } from "../../generator/resolve/resolve.js";
import { runStages } from "../../generator/stages.js";
import { documentOf, sourceOf } from "../support/generate.js";
import { text } from "../hostile/support/random-documents.js";

/*
 * Names that are pinned stay, whatever comes to a document: words are few, so that nearly everything collides.
 * `FUZZ_RUNS=3000` tries more documents.
 */

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 200);
const SEED = Number(process.env["FUZZ_SEED"] ?? 1);

const WORDS = ["film", "Film", "FILM", "films", "get film", "getFilm", "get-film", "filmApi"];
const word = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...WORDS) }, text);
const schemaName = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
  fc.constantFrom(
    "GetFilmParams",
    "FilmResponses",
    "GetFilmOperationBody",
    "FilmInput",
    "FilmForm",
  ),
  fc.constantFrom("FilmApi", "FilmsApi", "DefaultApi", "Test", "TestOptions", "FilmModel"),
  text,
);
const path = fc.constantFrom(
  "/film",
  "/films",
  "/films/{id}",
  "/get/film",
  "/api/v1/film",
  "/v2/film",
);
const method = fc.constantFrom("get", "put", "post", "delete");
const mediaType = fc.constantFrom(
  "application/json",
  "text/csv",
  "multipart/form-data",
  "params/x",
);

const schema = fc.constantFrom<JsonObject>(
  { type: "object", properties: { id: { type: "string" } } },
  { type: "object", properties: { id: { type: "string", readOnly: true }, name: {} } },
  { type: "object", properties: { file: { type: "string", format: "binary" } } },
  { type: "string" },
);

const operation = fc.record({
  operationId: fc.option(word, { nil: undefined }),
  tag: fc.option(word, { nil: undefined }),
  uses: fc.option(fc.constantFrom(...WORDS, "FilmInput"), { nil: undefined }),
  mediaTypes: fc.uniqueArray(mediaType, { minLength: 1, maxLength: 3 }),
});

interface Parts {
  readonly operations: readonly (readonly [
    key: readonly [path: string, method: string],
    operation: {
      readonly operationId: string | undefined;
      readonly tag: string | undefined;
      readonly uses: string | undefined;
      readonly mediaTypes: readonly string[];
    },
  ])[];
  readonly schemas: readonly (readonly [name: string, schema: JsonObject])[];
}

const parts: fc.Arbitrary<Parts> = fc.record({
  operations: fc.array(fc.tuple(fc.tuple(path, method), operation), { maxLength: 6 }),
  schemas: fc.array(fc.tuple(schemaName, schema), { maxLength: 5 }),
});

/** The first of several operations or schemas that stand at the same place counts. */
function document({ operations, schemas }: Parts): JsonObject {
  const components = new Map([...schemas].reverse());
  const paths: Record<string, JsonObject> = {};
  for (const [[at, verb], { operationId, tag, uses, mediaTypes }] of [...operations].reverse()) {
    const used = uses !== undefined && components.has(uses);
    const value = {
      schema: used ? { $ref: `#/components/schemas/${uses.replace(" ", "%20")}` } : {},
    };
    const content = Object.fromEntries(mediaTypes.map((type) => [type, value]));
    paths[at] = {
      ...paths[at],
      [verb]: {
        ...(operationId === undefined ? {} : { operationId }),
        ...(tag === undefined ? {} : { tags: [tag] }),
        ...(at.includes("{")
          ? { parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }] }
          : {}),
        ...(verb === "get" || verb === "delete" ? {} : { requestBody: { content } }),
        responses: { "200": { description: "Done.", content } },
      },
    };
  }
  return documentOf({ paths, components: { schemas: Object.fromEntries(components) } });
}

function together(first: Parts, second: Parts): Parts {
  return {
    operations: [...first.operations, ...second.operations],
    schemas: [...first.schemas, ...second.schemas],
  };
}

interface Named {
  readonly api: NamedApi;
  readonly diagnostics: readonly Diagnostic[];
}

/** `undefined` where an error keeps the document from being named: what is random may be wrong. */
function named(value: JsonObject, pins: Pins = NO_PINS): Named | undefined {
  const { value: api } = resolveApi(sourceOf(value));
  if (api === undefined) return undefined;
  const { value: found, diagnostics } = nameApi(api, undefined, [], pins);
  if (found === undefined) throw new Error(JSON.stringify(diagnostics));
  return { api: found, diagnostics };
}

/** A lock with these names, written and read again. */
function written(pins: Pins): Pins {
  const services = new Map([
    ["client", { document: undefined, upstream: undefined, pins, made: undefined }],
  ]);
  const source = { path: "driftline.lock", text: lockText({ services }) };
  const { value, diagnostics } = parseLock(source.path, source);
  expect(diagnostics).toEqual([]);
  return value?.services.get("client")?.pins ?? NO_PINS;
}

/** Every name, by what has it. */
function allNames(pins: Pins): Readonly<Record<string, unknown>> {
  const entries = (["classes", "operations", "types", "inputTypes", "formTypes"] as const).flatMap(
    (list) => [...pins[list]].map(([key, value]) => [`${list} ${key}`, value] as const),
  );
  return Object.fromEntries(entries);
}

/* ------------------------------------------------------------------- locks that are made up */

const NAMES = [
  "a",
  "getFilm",
  "FilmApi",
  "DefaultApi",
  "Promise",
  "Operations",
  "RequestOptions",
  "isApiError",
  "constructor",
  "__proto__",
  "then",
  "request",
  "transport",
  "GetFilmParams",
  "Film200Response",
  "class",
];
const name = fc.oneof({ weight: 60, arbitrary: fc.constantFrom(...NAMES) }, text);
const place = fc.tuple(method, path).map(([verb, at]) => `${verb.toUpperCase()} ${at}`);
const pointer = fc.constantFrom(...WORDS, "FilmInput").map((key) => `#/components/schemas/${key}`);
const called = fc.tuple(name, name).map(([className, methodName]) => `${className}.${methodName}`);

function mapping<T>(
  keys: fc.Arbitrary<string>,
  values: fc.Arbitrary<T>,
): fc.Arbitrary<Record<string, T>> {
  return fc.dictionary(keys, values, { maxKeys: 3, noNullPrototype: true });
}

/** An entry of a lock in which any name stands anywhere. */
const madeUp = fc.record({
  client: name,
  classes: mapping(
    name,
    fc.record({
      tag: word,
      property: name,
      file: fc.constantFrom("a", "index", "con", "film-api"),
    }),
  ),
  operations: mapping(place, called),
  stems: mapping(place, name),
  types: mapping(pointer, name),
  inputTypes: mapping(pointer, name),
  aliases: fc
    .tuple(
      mapping(called, fc.record({ for: place, since: fc.constant("1"), stem: name })),
      mapping(name, fc.record({ for: pointer, since: fc.constant("1") })),
    )
    .map(([operations, types]) => ({ ...operations, ...types })),
});

/** The names that several files export. */
function doubles(files: readonly GeneratedFile[]): readonly (string | undefined)[] {
  const names = files.flatMap(({ text: code }) =>
    [...code.matchAll(/^export (?:class|const|interface|type) ([^\s{:=]+)/gm)].map(
      ([, found]) => found,
    ),
  );
  return names.filter((found, index) => names.indexOf(found) !== index);
}

describe("names in a lock", () => {
  it(
    "stay, whatever operations, tags and schemas a document gets besides",
    () => {
      let count = 0;
      fc.assert(
        fc.property(parts, parts, (before, added) => {
          const first = named(document(before));
          if (first === undefined) return;
          const pins = written(first.api.pins);
          const second = named(document(together(before, added)), pins);
          if (second === undefined) return;
          expect(allNames(second.api.pins)).toMatchObject(allNames(pins));
          expect(second.diagnostics).toEqual([]);
          expect([...second.api.pins.aliases]).toEqual([]);
          written(second.api.pins);
          count += 1;
        }),
        { numRuns: RUNS, seed: SEED },
      );
      expect(count).toBeGreaterThan(RUNS / 3);
    },
    60_000 + RUNS * 100,
  );

  it(
    "are the same in the next run",
    () => {
      fc.assert(
        fc.property(parts, (all) => {
          const first = named(document(all));
          if (first === undefined) return;
          const second = named(document(all), written(first.api.pins));
          expect(second && pinsJson(second.api.pins)).toEqual(pinsJson(first.api.pins));
          expect(second && { ...second.api, pins: undefined }).toEqual({
            ...first.api,
            api: second?.api.api,
            pins: undefined,
          });
        }),
        { numRuns: RUNS, seed: SEED },
      );
    },
    60_000 + RUNS * 100,
  );

  it(
    "leave no name twice, and one run is enough, whatever the lock and the document are",
    () => {
      fc.assert(
        fc.property(parts, parts, (before, after) => {
          const first = named(document(before));
          const second = first && named(document(after), written(first.api.pins));
          if (second === undefined) return;
          const third = named(document(after), written(second.api.pins));
          expect(third && pinsJson(third.api.pins)).toEqual(pinsJson(second.api.pins));
          expect(third?.api.classes).toEqual(second.api.classes);
          expect(third?.api.earlierTypes).toEqual(second.api.earlierTypes);
        }),
        { numRuns: RUNS, seed: SEED },
      );
    },
    60_000 + RUNS * 100,
  );

  it(
    "give clients that export nothing twice, aliases and all",
    () => {
      fc.assert(
        fc.property(parts, parts, (before, after) => {
          const first = named(document(before));
          if (first === undefined) return;
          const { model } = runStages(sourceOf(document(after)), { pins: written(first.api.pins) });
          const files = model === undefined ? [] : emitApi(model, "../runtime");
          expect(doubles(files)).toEqual([]);
        }),
        { numRuns: Math.ceil(RUNS / 4), seed: SEED },
      );
    },
    60_000 + RUNS * 100,
  );

  it(
    "give only clients that verify, whoever made the lock up",
    () => {
      let count = 0;
      fc.assert(
        fc.property(parts, madeUp, (all, client) => {
          const json = JSON.stringify({ version: 1, services: { client } });
          const source = { path: "driftline.lock", text: json };
          const { value, diagnostics } = parseLock(source.path, source);
          expect(value === undefined).toBe(diagnostics.length > 0);
          const pins = value?.services.get("client")?.pins;
          if (pins === undefined) return;
          const { model } = runStages(sourceOf(document(all)), { pins });
          if (model === undefined) return;
          const files = emitApi(model, "../runtime");
          assertWritablePaths(files.map(({ path: file }) => file));
          expect(doubles(files)).toEqual([]);
          count += 1;
        }),
        { numRuns: RUNS, seed: SEED },
      );
      expect(count).toBeGreaterThan(RUNS / 20);
    },
    60_000 + RUNS * 100,
  );
});
