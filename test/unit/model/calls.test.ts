import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import type { OperationModel } from "../../../generator/model/api-model.js";
import { runStages } from "../../../generator/stages.js";
import { documentOf, sourceOf } from "../../support/generate.js";

function modelOf(operation: JsonObject, method = "post"): OperationModel {
  const paths = { "/": { [method]: { operationId: "op", ...operation } } };
  const found = runStages(sourceOf(documentOf({ paths })), {}).model?.classes[0]?.operations[0];
  if (found === undefined) throw new Error("no model");
  return found;
}

const content = (...names: string[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, {}]));

describe("the style of a parameter", () => {
  it.each([
    [{ in: "query" }, undefined],
    [{ in: "query", style: "spaceDelimited", explode: true }, undefined],
    [{ in: "query", explode: false }, "commaDelimited"],
    [{ in: "query", allowReserved: true }, "none"],
    [{ in: "query", style: "pipeDelimited" }, "pipeDelimited"],
    [{ in: "query", style: "deepObject" }, "deepObject"],
    [{ in: "header" }, undefined],
    [{ in: "header", explode: true }, "simple"],
    [{ in: "cookie", explode: false }, "commaDelimited"],
    [{ in: "query", content: content("application/json") }, "jsonContent"],
    [{ in: "query", content: content("text/plain") }, undefined],
  ])("%j is written by %s", (parameter, expected) => {
    const { call } = modelOf({ parameters: [{ name: "x", schema: {}, ...parameter }] });
    expect(call.parameters[0]?.style?.name).toBe(expected);
  });
});

describe("a default", () => {
  it.each([
    [{ required: true, schema: { default: "x" } }, "x"],
    [{ required: true, schema: { default: null } }, undefined],
    [{ required: false, schema: { default: "x" } }, undefined],
    [{ required: true, schema: {} }, undefined],
  ])("of %j that is sent is %j", (parameter, expected) => {
    const { call, params } = modelOf({ parameters: [{ name: "x", in: "query", ...parameter }] });
    expect(call.parameters[0]?.fallback).toBe(expected);
    expect(params?.optional).toBe(!parameter.required || expected !== undefined);
  });
});

describe("the Accept header", () => {
  const accept = (responses: JsonObject, method?: string): unknown =>
    modelOf({ responses }, method).call.accept;

  it.each([
    ["is the default for JSON", { "200": { content: content("application/json") } }, undefined],
    ["names what successes have", { "200": { content: content("text/csv") } }, "text/csv"],
    [
      "names the preferred of several",
      { "200": { content: content("text/csv", "application/json") } },
      "application/json",
    ],
    ["is the default without successes", { "204": {} }, undefined],
    [
      "names what errors have where that is no JSON",
      { "204": {}, "400": { content: content("text/plain") } },
      "text/plain",
    ],
  ])("%s", (_, responses: JsonObject, expected) => {
    expect(accept(responses)).toBe(expected);
  });

  it("of HEAD is anything, for there is no body", () => {
    expect(accept({ "200": { content: content("image/png") } }, "head")).toBe("*/*");
  });
});

describe("decoding", () => {
  it.each([
    [
      "JSON",
      { "200": { content: content("application/json") } },
      { kind: "uniform", decoder: "json" },
    ],
    ["nothing", { "200": {} }, { kind: "uniform", decoder: "none" }],
    ["one status that is always empty", { "204": {} }, { kind: "uniform", decoder: "none" }],
    [
      "bytes",
      { "200": { content: content("image/*") }, "206": { content: content("image/*") } },
      { kind: "uniform", decoder: "blob" },
    ],
    [
      "by status",
      { "200": { content: content("text/csv") }, "202": { content: content("application/json") } },
      {
        kind: "byStatus",
        statuses: [
          { status: 200, decoding: "text" },
          { status: 202, decoding: "json" },
        ],
      },
    ],
    [
      "by media type",
      { "200": { content: content("text/csv", "application/json") } },
      {
        kind: "byStatus",
        statuses: [
          {
            status: 200,
            decoding: [
              { mediaType: "application/json", decoder: "json" },
              { mediaType: "text/csv", decoder: "text" },
            ],
          },
        ],
      },
    ],
  ])("%s", (_, responses: JsonObject, expected) => {
    expect(modelOf({ responses }).call.response).toEqual(expected);
  });
});

describe("a body", () => {
  const bodyOf = (...names: string[]): unknown =>
    modelOf({ requestBody: { content: content(...names) } }).call.body;
  const single = (
    encoder: string,
    contentType: string | undefined,
    isChosen: boolean,
  ): unknown => ({
    kind: "single",
    encoder,
    contentType,
    isChosen,
    encoding: [],
  });
  const option = (mediaType: string, encoder: string): unknown => ({
    mediaType,
    encoder,
    encoding: [],
  });

  it.each([
    [["application/json"], single("json", "application/json", false)],
    [["image/*"], single("binary", undefined, true)],
    [["image/*", "application/zip"], single("binary", "application/zip", true)],
    [["application/a+json", "application/b+json"], single("json", "application/a+json", true)],
    [
      ["text/plain", "application/json"],
      {
        kind: "choice",
        preferred: "application/json",
        options: [option("application/json", "json"), option("text/plain", "text")],
      },
    ],
    [
      ["image/*", "application/json"],
      {
        kind: "choice",
        preferred: "application/json",
        options: [option("application/json", "json"), option("image/*", "binary")],
      },
    ],
    [["image/*", "multipart/*", "application/*"], single("binary", undefined, true)],
  ])("of %j", (names, expected) => {
    expect(bodyOf(...names)).toEqual(expected);
  });

  it("is optional unless it is required", () => {
    const body = { content: content("application/json") };
    expect(modelOf({ requestBody: body }).params?.optional).toBe(true);
    expect(modelOf({ requestBody: { ...body, required: true } }).params?.optional).toBe(false);
  });
});
