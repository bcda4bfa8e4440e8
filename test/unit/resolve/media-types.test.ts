import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import { collect } from "../../../generator/diagnostics/diagnostic.js";
import { isBinary, resolveContent } from "../../../generator/resolve/media-types.js";
import type { MediaType } from "../../../generator/resolve/resolved-api.js";

function contentOf(content: JsonObject): readonly MediaType[] {
  return collect(resolveContent({}, content, "", "request")).value ?? [];
}

describe("the kind of a body", () => {
  it.each([
    // media type, schema, kind
    ["application/json", {}, "json"],
    ["Application/JSON; charset=utf-8", {}, "json"],
    ["application/problem+json", {}, "json"],
    ["text/json", {}, "json"],
    ["application/x-www-form-urlencoded", {}, "form"],
    ["multipart/form-data", {}, "multipart"],
    ["application/form-data", {}, "multipart"],
    ["text/event-stream", {}, "eventStream"],
    ["text/plain", {}, "text"],
    ["text/csv", { type: "string" }, "text"],
    ["text/csv", { type: "string", format: "binary" }, "binary"],
    ["application/xml", { type: "object" }, "text"],
    ["application/rss+xml", {}, "text"],
    ["application/x-ndjson", { type: "object" }, "jsonItems"],
    ["application/jsonl", {}, "jsonItems"],
    ["application/geo+json-seq", {}, "jsonItems"],
    ["application/x-ndjson", { type: "string" }, "text"],
    ["application/x-ndjson", { type: "string", format: "binary" }, "binary"],
    ["multipart/mixed", { type: "array" }, "parts"],
    ["multipart/mixed", { type: "object" }, "binary"],
    ["application/octet-stream", {}, "binary"],
    ["application/zip", { type: "string" }, "binary"],
    ["image/png", { type: "string" }, "binary"],
    ["image/svg+xml", { type: "string" }, "text"],
    ["multipart/mixed", { type: "object" }, "binary"],
    ["application/zip", { type: "string", format: "binary" }, "binary"],
    ["application/zip", undefined, "binary"],
    ["image/*", undefined, "binary"],
    ["*/*", { type: "string", format: "binary" }, "binary"],
    ["*/*", { type: "object" }, "json"],
    ["application/x-custom", { properties: {} }, "json"],
    ["application/x-custom", { type: ["string", "null"] }, "text"],
  ])("%s with %j is %s", (name, schema, kind) => {
    const [mediaType] = contentOf({ [name]: schema === undefined ? {} : { schema } });
    expect(mediaType?.kind).toBe(kind);
  });
});

describe("the media types of a body", () => {
  it("begin with the one that keeps types", () => {
    const names = [
      "text/csv",
      "image/*",
      "application/problem+json",
      "application/zip",
      "multipart/form-data",
      "application/json",
    ];
    const content = Object.fromEntries(names.map((name) => [name, {}]));
    expect(contentOf(content).map(({ name }) => name)).toEqual([
      "application/json",
      "application/problem+json",
      "multipart/form-data",
      "text/csv",
      "application/zip",
      "image/*",
    ]);
  });

  it("are each there once, whatever their case", () => {
    const found = contentOf({ "application/json": {}, "Application/Json": {} });
    expect(found.map(({ name }) => name)).toEqual(["application/json"]);
  });

  it.each(["json", "a/b/c", "text/ html", "/json", ""])("are not %j", (name) => {
    const { value, diagnostics } = collect(resolveContent({}, { [name]: {} }, "", "request"));
    expect(value).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["invalid-media-type"]);
  });
});

describe("the parameters of a media type", () => {
  it.each([
    ["text/plain;charset=UTF-8", "text/plain; charset=UTF-8"],
    ['a/b; title="x y"', 'a/b; title="x y"'],
    ["text/x'; alert(1)", "text/x'"],
    ["text/plain; charset=a\r\nX: 1", "text/plain"],
    ['text/plain; a="', "text/plain"],
  ])("of %j are those of %j", (name, expected) => {
    expect(contentOf({ [name]: {} }).map((mediaType) => mediaType.name)).toEqual([expected]);
  });
});

describe("raw bytes", () => {
  it.each([
    [{ format: "binary" }, true],
    [{ contentMediaType: "image/png" }, true],
    [{ contentMediaType: "image/png", contentEncoding: "base64" }, false],
    [{ contentMediaType: "application/json" }, false],
    [{ contentMediaType: "text/html" }, false],
    [{ format: "byte" }, false],
    [{ type: "string" }, false],
  ])("%j: %s", (schema, expected) => {
    expect(isBinary(schema)).toBe(expected);
  });
});
