import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../generator/document/source.js";
import type { Change, OperationPair } from "../../generator/drift/change.js";
import type { Finding } from "../../generator/drift/finding.js";
import { gather } from "../../generator/drift/gather.js";
import type { Position } from "../../generator/drift/position.js";
import type { SurfaceChange } from "../../generator/drift/surface-change.js";
import { pairOperations } from "../../generator/drift/wire/pair-operations.js";
import { compareOnWire, sideOf, sourceOf } from "./support.js";

const SAYS_ITEM = {
  content: { "application/json": { schema: { $ref: "#/components/schemas/Item" } } },
};

function documentOf(item: JsonObject, more: JsonObject = {}): JsonObject {
  const operation = { responses: { 200: { description: "", ...SAYS_ITEM } } };
  return {
    openapi: "3.1.0",
    info: { title: "Items", version: "1" },
    paths: { "/b": { get: operation }, "/a": { get: operation, post: operation }, ...more },
    components: { schemas: { Item: item } },
  };
}

const OLD = documentOf({ type: "object", properties: { id: { type: "string" } } });
const NEW = documentOf({ type: "object", properties: { id: { type: ["string", "null"] } } });

describe("findings", () => {
  it("tell a schema that many operations use once, with all of them in order", () => {
    const [finding, ...others] = compareOnWire(OLD, NEW).findings;
    expect(others).toEqual([]);
    expect(finding?.rule).toBe("null-allowed");
    expect(finding?.places.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /a",
      "POST /a",
      "GET /b",
    ]);
  });

  it("say where they stand in both documents", () => {
    const [finding] = compareOnWire(OLD, NEW).findings;
    const text = sourceOf(NEW).file.text.split("\n");
    expect(finding?.new?.file).toBe("new.json");
    expect(finding?.new?.pointer).toMatch(/^\/components\/schemas\/Item\/properties\/id/);
    expect(text[(finding?.new?.line ?? 0) - 1]).toMatch(/"(?:id|type)"/);
  });

  it("are sorted, worst first", () => {
    const gone = documentOf({ type: "object" }, { "/c": { get: { responses: {} } } });
    const { findings } = compareOnWire(gone, OLD);
    expect(findings.map(({ wire }) => wire)).toEqual(["breaking", "safe"]);
  });

  it("join properties of one object that went together", () => {
    const names = ["a", "b", "c", "d", "e"];
    const properties = Object.fromEntries(names.map((name) => [name, { type: "string" }]));
    const { findings } = compareOnWire(
      documentOf({ type: "object", properties }),
      documentOf({ type: "object", properties: {} }),
    );
    expect(findings.map(({ message, old }) => [message, old?.value])).toEqual([
      ['5 properties are gone: "a", "b", "c", "d", "e".', names],
    ]);
  });

  it("keep two properties apart that refer to one schema", () => {
    const reference = { $ref: "#/components/schemas/Item" };
    const { findings } = compareOnWire(
      documentOf({ type: "object" }),
      documentOf({ type: "object", properties: { first: reference, second: reference } }),
    );
    expect(findings.map(({ message }) => message)).toEqual(['"first" is new.', '"second" is new.']);
  });
});

describe("fingerprints", () => {
  const printOf = (old: JsonObject, current: JsonObject): readonly string[] =>
    compareOnWire(old, current).findings.map(({ fingerprint }) => fingerprint);

  it("are 16 hexadecimal digits", () => {
    expect(printOf(OLD, NEW)).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
  });

  it("stay when something else changes", () => {
    const [print] = printOf(OLD, NEW);
    const more = { "/0": { get: { responses: { 204: { description: "" } } } } };
    const moved = { info: { title: "Other", version: "2", description: "Longer" }, ...NEW };
    expect(
      printOf(OLD, { ...moved, paths: { ...more, ...(NEW["paths"] as JsonObject) } }),
    ).toContain(print);
  });

  it("stay when a path parameter has another name", () => {
    const at = (path: string, name: string, operation: JsonObject): JsonObject => ({
      openapi: "3.1.0",
      info: { title: "Items", version: "1" },
      paths: {
        [path]: {
          get: {
            parameters: [{ name, in: "path", required: true, schema: { type: "string" } }],
            responses: { 204: { description: "" } },
            ...operation,
          },
        },
      },
    });
    const first = printOf(at("/{id}", "id", {}), at("/{id}", "id", { deprecated: true }));
    const second = printOf(at("/{key}", "key", {}), at("/{key}", "key", { deprecated: true }));
    expect(second).toEqual(first);
  });

  it("change when it touches one more operation that was equal before", () => {
    const withParameter = (paths: readonly string[]): JsonObject => ({
      openapi: "3.1.0",
      info: { title: "Items", version: "1" },
      paths: Object.fromEntries(
        ["/a", "/b"].map((path) => [
          path,
          {
            get: {
              parameters: paths.includes(path)
                ? [{ name: "limit", in: "query", schema: { type: "integer" } }]
                : [],
              responses: { 204: { description: "" } },
            },
          },
        ]),
      ),
    });
    const one = printOf(withParameter(["/a"]), withParameter([]));
    const two = printOf(withParameter(["/a", "/b"]), withParameter([]));
    expect([one.length, two.length]).toEqual([1, 1]);
    expect(two).not.toEqual(one);
  });
});

describe("the two verdicts", () => {
  const sides = { old: sideOf(sourceOf(OLD)), new: sideOf(sourceOf(NEW)) };
  const [pair] = pairOperations(sides.old.api, sides.new.api);

  const ANSWER: Position = { kind: "response", status: 200, mediaType: "application/json" };
  const onWire: Change = {
    rule: "null-allowed",
    wire: "breaking",
    direction: "response",
    pair,
    position: ANSWER,
    path: [{ key: "id" }],
    old: { pointer: "/components/schemas/Item/properties/id" },
    new: { pointer: "/components/schemas/Item/properties/id" },
    message: '"id" may now be null.',
  };
  const inClient: SurfaceChange = {
    rule: "value-unforeseen",
    source: "breaking",
    direction: "response",
    pair,
    position: ANSWER,
    path: [{ key: "id" }],
    old: undefined,
    new: undefined,
    message: "The type is wider.",
  };
  const ofOperation = (rule: Change["rule"]): Change => ({
    ...onWire,
    rule,
    wire: "safe",
    position: { kind: "operation" },
    path: [],
  });
  const verdicts = (changes: readonly Change[], surfaceChanges: readonly SurfaceChange[]) =>
    gather({ ...sides, changes, surfaceChanges, isCut: false }).map(
      ({ rule, wire, source }: Finding) => `${rule} ${wire} ${source}`,
    );

  it.each<[string, readonly Change[], readonly SurfaceChange[], readonly string[]]>([
    ["a change on the wire alone", [onWire], [], ["null-allowed breaking safe"]],
    ["the same in the client", [onWire], [inClient], ["null-allowed breaking breaking"]],
    ["a change of the client alone", [], [inClient], ["value-unforeseen safe breaking"]],
    [
      "a change of another property",
      [onWire],
      [{ ...inClient, path: [{ key: "name" }] }],
      ["null-allowed breaking safe", "value-unforeseen safe breaking"],
    ],
    [
      "a content that is gone as a whole",
      [
        {
          ...onWire,
          rule: "response-content-removed",
          position: { ...ANSWER, mediaType: undefined },
          path: [],
        },
      ],
      [{ ...inClient, rule: "answer-removed", path: [] }],
      ["response-content-removed breaking breaking"],
    ],
    [
      "a value that stands for the new one, beside another that is gone",
      [onWire, { ...onWire, rule: "enum-value-removed", wire: "safe" }],
      [inClient],
      ["null-allowed breaking breaking", "enum-value-removed safe safe"],
    ],
    [
      "a method that has another name because of its id",
      [ofOperation("deprecated"), ofOperation("operation-id-changed")],
      [{ ...inClient, rule: "method-renamed", position: { kind: "operation" }, path: [] }],
      ["operation-id-changed safe breaking", "deprecated safe safe"],
    ],
    [
      "a text that lost one value and gained another",
      [
        { ...onWire, rule: "enum-value-removed", wire: "safe" },
        { ...onWire, rule: "enum-value-added" },
      ],
      [inClient],
      ["enum-value-added breaking breaking", "enum-value-removed safe safe"],
    ],
    [
      "a part of a type that the compiler is asked about as a whole",
      [{ ...onWire, path: [{ key: "id" }, "element"] }],
      [{ ...inClient, rule: "type-incompatible" }],
      ["null-allowed breaking breaking"],
    ],
    [
      "a part of an answer of which no media type is told",
      [onWire],
      [
        {
          ...inClient,
          rule: "type-incompatible",
          position: { ...ANSWER, mediaType: undefined },
          path: [],
        },
      ],
      ["null-allowed breaking breaking"],
    ],
    [
      "a part of a type that breaks nothing",
      [{ ...onWire, rule: "property-added", wire: "safe" }],
      [{ ...inClient, rule: "type-incompatible", path: [] }],
      ["type-incompatible safe breaking", "property-added safe safe"],
    ],
    [
      "a media type that can no longer be chosen",
      [
        {
          ...onWire,
          rule: "media-type-removed",
          direction: "request",
          position: { kind: "body", mediaType: "text/plain" },
          path: [],
        },
      ],
      [
        {
          ...inClient,
          rule: "media-type-choice-removed",
          direction: "request",
          position: { kind: "body", mediaType: "application/json" },
          path: [],
        },
      ],
      ["media-type-removed breaking breaking"],
    ],
    [
      "a schema that has another name, beside a type of another one",
      [{ ...ofOperation("schema-renamed"), old: { pointer: "/components/schemas/Item" } }],
      ["Item", "Other"].map((name) => ({
        ...inClient,
        rule: "export-renamed" as const,
        position: { kind: "operation" as const },
        path: [],
        old: { pointer: `/components/schemas/${name}` },
      })),
      ["export-renamed safe breaking", "schema-renamed safe breaking"],
    ],
  ])("%s", (_, changes, surfaceChanges, expected) => {
    expect(verdicts(changes, surfaceChanges)).toEqual(expected);
  });

  it("belong to the operation in which they are noticed", () => {
    const other: OperationPair = { old: undefined, new: pair?.new, origin: "webhooks" };
    expect(verdicts([onWire], [{ ...inClient, pair: other }])).toHaveLength(2);
  });
});
