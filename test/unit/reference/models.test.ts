import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import type { Reference } from "../../../generator/reference/reference.js";
import { documentOf } from "../../support/generate.js";
import { modelOf, pinsOf, referenceOf } from "../../support/reference.js";

const named = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: JsonObject): JsonObject => ({ type: "object", properties });
const json = (schema: JsonObject): JsonObject => ({ content: { "application/json": { schema } } });
const answer = (schema: JsonObject): JsonObject => ({ description: "", ...json(schema) });

/** The operations of the path of each, by method. */
function apiOf(operations: Readonly<Record<string, JsonObject>>, schemas: JsonObject): Reference {
  const paths = Object.fromEntries(
    Object.entries(operations).map(([operationId, operation]) => [
      `/${operationId}`,
      { post: { operationId, responses: { "204": { description: "" } }, ...operation } },
    ]),
  );
  return referenceOf(documentOf({ paths, components: { schemas } }));
}

describe("where a model is used", () => {
  const reference = apiOf(
    {
      add: { requestBody: json(named("Book")), responses: { "200": answer(named("Book")) } },
      find: {
        parameters: [{ name: "by", in: "query", schema: named("Order") }],
        responses: { "200": answer({ type: "array", items: named("Book") }) },
      },
      list: { responses: { "200": answer(object({ books: object({ of: named("Book") }) })) } },
      fail: { responses: { "204": { description: "" }, "400": answer(named("Problem")) } },
    },
    {
      Author: object({ books: { type: "array", items: named("Book") }, self: named("Author") }),
      Book: object({ author: named("Author") }),
      Order: { type: "string", enum: ["a", "b", "c", "d"] },
      Problem: object({ cause: named("Problem") }),
      Shelf: object({ best: named("Book"), worst: named("Book") }),
      Box: { allOf: [named("Shelf"), object({ size: { type: "integer" } })] },
    },
  );

  /** The model, its operations, the models that have it, and its direction. */
  const ROWS: readonly [string, readonly string[], readonly string[], string | undefined][] = [
    ["Book", ["add takes gives", "find gives", "list gives"], ["Author", "Shelf"], "both"],
    ["Author", [], ["Book"], "both"],
    ["Order", ["find takes"], [], "requests"],
    ["Problem", ["fail gives"], [], "answers"],
    ["Shelf", [], ["Box"], undefined],
    ["Box", [], [], undefined],
  ];

  it.each(ROWS)("%s", (name, operations, models, direction) => {
    const model = modelOf(reference, name);
    const told = model.operations.map(({ methodName, takes, gives }) =>
      [methodName, ...(takes ? ["takes"] : []), ...(gives ? ["gives"] : [])].join(" "),
    );
    expect(told).toEqual(operations);
    expect([model.models, model.direction, model.schema]).toEqual([models, direction, name]);
  });

  it("is told of inline types by the operation that declares them", () => {
    expect(reference.inlineTypes).toEqual([
      { name: "List200Response", className: "DefaultApi", methodName: "list" },
    ]);
  });
});

describe("a schema with several types", () => {
  const schemas = {
    User: {
      type: "object",
      required: ["name"],
      properties: {
        id: { type: "string", readOnly: true },
        name: { type: "string" },
        password: { type: "string", writeOnly: true },
      },
    },
    Team: object({ users: { type: "array", items: named("User") } }),
  };
  const operation = {
    requestBody: json(named("Team")),
    responses: { "200": answer(named("Team")) },
  };
  const reference = apiOf({ save: operation }, schemas);

  it.each([
    ["User", "answers", ["User", "UserInput"], ["id"]],
    ["UserInput", "requests", ["User", "UserInput"], ["password"]],
    ["Team", "answers", ["Team", "TeamInput"], []],
    ["TeamInput", "requests", ["Team", "TeamInput"], []],
  ])("%s", (name, direction, variants, onlyHere) => {
    const model = modelOf(reference, name);
    expect(model).toMatchObject({ direction, onlyHere, schema: name.replace("Input", "") });
    expect(model.variants.map((variant) => variant.name)).toEqual(variants);
    expect(model.variants.map(({ role }) => role)).toEqual(["output", "input"]);
  });

  it("has just one where only requests use it", () => {
    const { User } = schemas;
    const one = apiOf({ add: { requestBody: json(named("User")) } }, { User });
    expect(modelOf(one, "User")).toMatchObject({
      variants: [],
      onlyHere: [],
      direction: "requests",
    });
  });
});

describe("an earlier name", () => {
  const films = (id: string, tag: string, schema: string): JsonObject => {
    const content = json(named(schema));
    const responses = { "200": { description: "", ...content } };
    return documentOf({
      info: { title: "Films", version: id === "save" ? "1" : "2" },
      paths: {
        "/films": { put: { operationId: id, tags: [tag], requestBody: content, responses } },
      },
      components: { schemas: { [schema]: object({ title: { type: "string" } }) } },
    });
  };

  it("leads to what is there now", () => {
    const before = pinsOf(films("save", "film", "Film"));
    const reference = referenceOf(films("store", "movie", "Movie"), { pins: before });
    expect(reference.classes.map(({ className, earlier }) => [className, earlier])).toEqual([
      [
        "FilmApi",
        [
          {
            methodName: "save",
            now: { className: "MovieApi", methodName: "store" },
            types: [
              { name: "SaveParams", now: "StoreParams" },
              { name: "SaveResponses", now: "StoreResponses" },
            ],
          },
        ],
      ],
      ["MovieApi", []],
    ]);
    expect(reference.models.map(({ declaration, now }) => [declaration.name, now])).toEqual([
      ["Film", "Movie"],
      ["Movie", undefined],
    ]);
    expect(modelOf(reference, "Movie").models).toEqual([]);
  });
});
