import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import { eventData } from "../../../generator/resolve/event-streams.js";

const JSON_TEXT = { type: "string", contentMediaType: "application/json" };
const TEXT = { type: "string" };

/** An event as an object of these properties. */
const event = (properties: JsonObject): JsonObject => ({ type: "object", properties });
const named = (name: string, data: JsonObject): JsonObject =>
  event({ event: { const: name }, data });

const DOCUMENT: JsonObject = {
  components: {
    schemas: {
      Update: named("update", JSON_TEXT),
      Name: { enum: ["b", "a"] },
      Item: { properties: { id: TEXT } },
      JsonText: JSON_TEXT,
      Loop: { oneOf: [{ $ref: "#/components/schemas/Loop" }] },
    },
  },
};
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

describe("the events whose data is JSON", () => {
  it.each<{ what: string; schema: JsonObject | boolean; json: readonly string[] | "all" }>([
    { what: "of one type", schema: named("a", JSON_TEXT), json: ["a"] },
    { what: "without a type", schema: event({ data: JSON_TEXT }), json: ["message"] },
    {
      what: "of several types",
      schema: event({ event: ref("Name"), data: JSON_TEXT }),
      json: ["a", "b"],
    },
    { what: "of any type", schema: event({ event: TEXT, data: JSON_TEXT }), json: "all" },
    { what: "by a reference", schema: ref("Update"), json: ["update"] },
    {
      what: "of a union, sorted",
      schema: { oneOf: [ref("Update"), named("b", TEXT), named("a", JSON_TEXT)] },
      json: ["a", "update"],
    },
    {
      what: "of a union in a union",
      schema: { anyOf: [{ oneOf: [ref("Update")] }] },
      json: ["update"],
    },
    {
      what: "put together",
      schema: { allOf: [event({ event: { const: "a" } }), event({ data: JSON_TEXT })] },
      json: ["a"],
    },
    {
      what: "of any type, beside text",
      schema: { oneOf: [event({ event: TEXT, data: JSON_TEXT }), named("b", TEXT)] },
      json: [],
    },
    {
      what: "of any type, beside other JSON",
      schema: { oneOf: [event({ event: TEXT, data: JSON_TEXT }), ref("Update")] },
      json: "all",
    },
    {
      what: "with a suffix",
      schema: named("a", { type: "string", contentMediaType: "Application/Problem+JSON" }),
      json: ["a"],
    },
    { what: "that are no text", schema: named("a", ref("Item")), json: ["a"] },
    { what: "that are numbers", schema: named("a", { type: "integer" }), json: ["a"] },
    { what: "none: text", schema: named("a", TEXT), json: [] },
    {
      what: "none: text elsewhere",
      schema: named("a", { ...JSON_TEXT, contentMediaType: "a/b" }),
      json: [],
    },
    {
      what: "none: encoded",
      schema: named("a", { ...JSON_TEXT, contentEncoding: "base64" }),
      json: [],
    },
    { what: "none: anything", schema: named("a", {}), json: [] },
    { what: "none: no data", schema: event({ event: { const: "a" } }), json: [] },
    { what: "none: no event", schema: JSON_TEXT, json: [] },
    {
      what: "none: one that is no event",
      schema: { oneOf: [ref("Update"), ref("Item")] },
      json: [],
    },
    { what: "none: a loop", schema: ref("Loop"), json: [] },
    { what: "none: a flag", schema: true, json: [] },
  ])("$what", ({ schema, json }) => {
    expect(eventData(DOCUMENT, { schema, pointer: "/s" }).json).toEqual(json);
  });

  it("without a schema there are none", () => {
    expect(eventData(DOCUMENT, undefined)).toEqual({ json: [], encoded: [] });
  });

  it("tells which texts stand for what they hold", () => {
    const schema = { oneOf: [ref("Update"), named("a", JSON_TEXT), named("b", ref("Item"))] };
    expect(eventData(DOCUMENT, { schema, pointer: "/s" }).encoded).toEqual([
      "/components/schemas/Update/properties/data",
      "/s/oneOf/1/properties/data",
    ]);
  });
});
