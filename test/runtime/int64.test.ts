import { describe, expect, it } from "vitest";
import { asInt64Json } from "../../templates/runtime/as-int64-json.js";
import type { Call, RequestBody } from "../../templates/runtime/call.js";
import { encodeAs } from "../../templates/runtime/encode-as.js";
import { type ApiError, ConfigurationError, DecodeError } from "../../templates/runtime/errors.js";
import { form } from "../../templates/runtime/form.js";
import { int64Content, int64Parts } from "../../templates/runtime/int64-content.js";
import { int64Errors } from "../../templates/runtime/int64-errors.js";
import { int64Json } from "../../templates/runtime/int64-json.js";
import { Int64Place, type Int64Schema } from "../../templates/runtime/int64-schema.js";
import { multipart } from "../../templates/runtime/multipart.js";
import { parseInt64 } from "../../templates/runtime/parse-int64.js";
import { failureOf, TestApi } from "./support/api.js";
import { partsOf } from "./support/multipart.js";
import { always, useServer } from "./support/server.js";

const server = useServer();

/** What a text is decoded as, at the places of a schema. */
function bigints(text: string, schema: Int64Schema): unknown {
  return parseInt64(text, "bigint", new Int64Place([schema]), (path) => new RangeError(path));
}

function strings(text: string, schema: Int64Schema): unknown {
  return parseInt64(text, "string", new Int64Place([schema]), (path) => new RangeError(path));
}

const BEYOND = "9007199254740993";
const LEAST = "-9223372036854775808";
const MOST = "9223372036854775807";
const MOST_UNSIGNED = "18446744073709551615";

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

const node: Int64Schema = { properties: { id: "int64", nodes: { items: () => node } } };

describe("every digit of an integer survives", () => {
  it.each([
    "0",
    "-1",
    "5",
    "999999999999999",
    "9007199254740991",
    BEYOND,
    LEAST,
    MOST,
    MOST_UNSIGNED,
  ])("%s", (digits) => {
    expect(bigints(digits, "int64")).toBe(BigInt(digits));
    expect(strings(digits, "int64")).toBe(digits);
    expect(bigints(digits, {})).toBe(JSON.parse(digits));
    expect(int64Json(BigInt(digits))?.encode()).toBe(digits);
    expect(int64Json(digits, undefined, "int64")?.encode()).toBe(digits);
  });

  it.each<{ what: string; schema: Int64Schema; text: string; data: unknown }>([
    {
      what: "a property, and no other",
      schema: { properties: { id: "int64" } },
      text: `{"id":${BEYOND},"no":${BEYOND},"b":{"id":1}}`,
      data: { id: 9007199254740993n, no: 9007199254740992, b: { id: 1 } },
    },
    {
      what: "null and other kinds of value are left alone",
      schema: { items: "int64" },
      text: '[null,"5",true,{},5]',
      data: [null, "5", true, {}, 5n],
    },
    {
      what: "other properties, but not the known ones",
      schema: { properties: { share: {} }, additionalProperties: "int64" },
      text: '{"share":1,"other":1}',
      data: { share: 1, other: 1n },
    },
    {
      what: "a property that objects inherit",
      schema: { properties: { id: {} }, additionalProperties: "int64" },
      text: '{"constructor":1,"toString":2}',
      data: { constructor: 1n, toString: 2n },
    },
    {
      what: "a tuple and what follows it",
      schema: { prefixItems: [{}, "int64"], items: { items: "int64" } },
      text: "[1,1,[1],[2]]",
      data: [1, 1n, [1n], [2n]],
    },
    {
      what: "a schema that refers to itself",
      schema: node,
      text: `{"id":1,"nodes":[{"id":${MOST},"nodes":[{"id":3}]}]}`,
      data: { id: 1n, nodes: [{ id: 9223372036854775807n, nodes: [{ id: 3n }] }] },
    },
    {
      what: "any of several schemas",
      schema: { anyOf: [() => node, { properties: { size: "int64" } }] },
      text: '{"id":1,"size":2,"count":3}',
      data: { id: 1n, size: 2n, count: 3 },
    },
    {
      what: "an integer or another number",
      schema: { items: { anyOf: ["int64", "number"] } },
      text: `[1,1.5,${BEYOND},1e300,123456789012345678901]`,
      data: [1n, 1.5, 9007199254740993n, 1e300, 123456789012345680000],
    },
    {
      what: "an integer that is not written as one",
      schema: { items: "int64" },
      text: "[5.0,12e2,-0,5.0000000000000000]",
      data: [5n, 1200n, 0n, 5n],
    },
    {
      what: "texts that look like what the parser uses inside",
      schema: { properties: { id: "int64" } },
      text: `{"id":${BEYOND},"a":"\\u0000${BEYOND}","\\u0000${BEYOND}":"\\u0000\\u00001","b":"\\"${BEYOND}","c":"\\\\"}`,
      data: {
        id: 9007199254740993n,
        a: `\0${BEYOND}`,
        [`\0${BEYOND}`]: "\0\u00001",
        b: `"${BEYOND}`,
        c: "\\",
      },
    },
  ])("$what", ({ schema, text, data }) => {
    expect(bigints(text, schema)).toStrictEqual(data);
  });

  it("of a schema that means only itself", () => {
    const loop: Int64Schema = { anyOf: [() => loop, "int64"] };
    expect(bigints("5", loop)).toBe(5n);
  });

  it("keeps `__proto__` a property, and of a key that stands twice the second", () => {
    const schema: Int64Schema = { properties: { ["__proto__"]: "int64", a: "int64" } };
    const data = bigints(`{"__proto__":${BEYOND},"a":1,"a":2}`, schema) as object;
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
    expect(Object.entries(data)).toEqual([
      ["__proto__", 9007199254740993n],
      ["a", 2n],
    ]);
  });
});

describe("a number that is no 64-bit integer is refused with its place", () => {
  it.each<{ text: string; schema: Int64Schema; path: string }>([
    { text: "1.5", schema: "int64", path: "" },
    { text: "1e400", schema: "int64", path: "" },
    { text: "9007199254740993.5", schema: "int64", path: "" },
    { text: "9.007199254740993e15", schema: "int64", path: "" },
    { text: "18446744073709551616", schema: "int64", path: "" },
    { text: "-9223372036854775809", schema: "int64", path: "" },
    { text: "9".repeat(100_000), schema: "int64", path: "" },
    { text: '[{"id":1},{"id":0.1}]', schema: { items: node }, path: "[].id" },
    { text: '{"secret":1.5}', schema: { additionalProperties: "int64" }, path: "[key]" },
    { text: "[0,1.5]", schema: { prefixItems: [{}, "int64"] }, path: "[1]" },
  ])("$path of $schema", ({ text, schema, path }) => {
    expect(() => bigints(text, schema)).toThrow(new RangeError(path));
    expect(() => strings(text, schema)).toThrow(new RangeError(path));
  });
});

describe("hostile JSON", () => {
  it.each([
    "",
    "{",
    `{${BEYOND}:1}`,
    `{"a" ${BEYOND}}`,
    `0${BEYOND}`,
    `--${BEYOND}`,
    `[1 ${BEYOND}]`,
    `[${BEYOND} ${BEYOND}]`,
    `[${BEYOND},]`,
    `${BEYOND}e`,
    `${BEYOND}.`,
    `"${BEYOND}`,
    `"\\${BEYOND}"`,
    `"a\\"${BEYOND}`,
    `"\0${BEYOND}"`,
    `NaN${BEYOND}`,
  ])("is refused as JSON.parse does: %j", (text) => {
    expect(() => bigints(text, "int64")).toThrow(SyntaxError);
  });

  it.each([
    ["arrays", "[".repeat(100_000) + BEYOND + "]".repeat(100_000)],
    ["objects", '{"nodes":['.repeat(50_000) + BEYOND + "]}".repeat(50_000)],
  ])("may be nested as deeply as JSON.parse takes: %s", (_, text) => {
    let depth = 0;
    for (let value = bigints(text, node); isRecord(value); depth += 1)
      [value] = Object.values(value);
    expect(depth).toBe(100_000);
  });

  it.each([
    ["backslashes", `["${"\\\\".repeat(500_000)}",${BEYOND}]`],
    ["escaped quotes", `["${'\\"'.repeat(500_000)}",${BEYOND}]`],
    ["spaces", `["a"${" ".repeat(1_000_000)},${BEYOND}]`],
    ["digits", `["${"1".repeat(15)}"${`,${"1".repeat(15)}`.repeat(60_000)},${BEYOND}]`],
    ["one long number", `[1${"0".repeat(1_000_000)}]`],
  ])("takes no more time than its length: %s", (_, text) => {
    const start = performance.now();
    expect(bigints(text, {})).toEqual(JSON.parse(text));
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

describe("an answer", () => {
  const get = (call: Partial<Call>) => new TestApi({ baseUrl: server.url }).call(call);
  const decode = { response: asInt64Json("bigint", node) };

  it.each([
    ["application/json", `{"id":${BEYOND}}`],
    ["application/vnd.x+json; charset=utf-8", `\ufeff{"id":${BEYOND}}`],
  ])("of %s is decoded", async (type, body) => {
    server.answer(always(200, { "content-type": type }, body));
    expect(await get(decode)).toEqual({ id: 9007199254740993n });
  });

  it.each([
    ["application/json", '{"nodes":[{"id":1.25}]}', "no 64-bit integer at .nodes[].id"],
    ["application/json", '{"id":1', "is not JSON"],
    ["application/json", "", "is empty"],
    ["text/html", "{}", 'is "text/html"'],
    ["application/json; charset=none", "{}", "is not text in the encoding"],
  ])("of %s with %j is a DecodeError that does not show it", async (type, body, problem) => {
    server.answer(always(200, { "content-type": type }, body));
    const error = await failureOf(get(decode));
    expect(error).toBeInstanceOf(DecodeError);
    expect(String(error)).toContain(problem);
    expect(String(error)).not.toContain("1.25");
  });

  it("that is longer than the limit is refused", async () => {
    server.answer(always(200, { "content-type": "application/json" }, `{"id":${BEYOND}}`));
    const api = new TestApi({ baseUrl: server.url, bodyLimit: 10 });
    const error = await failureOf(api.call(decode));
    expect(String(error)).toContain("is longer than 10 bytes");
  });

  const errors = int64Errors("string", { 404: node, "4XX": { properties: { no: "int64" } } });
  it.each([
    [404, `{"id":${BEYOND},"no":1}`, { id: BEYOND, no: 1 }],
    [409, `{"id":1,"no":${BEYOND}}`, { id: 1, no: BEYOND }],
    [500, '{"id":1}', { id: 1 }],
    [404, '{"id":1.5}', '{"id":1.5}'],
    [404, "{", "{"],
  ])("of %i with %s has its integers in the error", async (status, body, expected) => {
    server.answer(always(status, { "content-type": "application/problem+json" }, body));
    const error = await failureOf(get({ parseError: errors }));
    expect((error as ApiError).body).toEqual(expected);
  });
});

describe("a body", () => {
  const post = async (body: RequestBody | undefined) => {
    await new TestApi({ baseUrl: server.url }).call({ method: "POST", body });
    return server.request;
  };

  it.each<{ what: string; value: unknown; schema?: Int64Schema; sent: string }>([
    {
      what: "bigints anywhere",
      value: { a: 9007199254740993n, b: [-1n, null, undefined], c: undefined, d: "1" },
      sent: `{"a":${BEYOND},"b":[-1,null,null],"d":"1"}`,
    },
    {
      what: "strings where they are integers",
      value: { id: BEYOND, nodes: [{ id: LEAST, name: "1" }], other: "5" },
      schema: node,
      sent: `{"id":${BEYOND},"nodes":[{"id":${LEAST},"name":"1"}],"other":"5"}`,
    },
    {
      what: "numbers that are passed all the same, and null",
      value: [5, null],
      schema: { items: "int64" },
      sent: "[5,null]",
    },
    {
      what: "a place for strings as well",
      value: ["5", "a"],
      schema: { items: { anyOf: ["int64", "string"] } },
      sent: '["5","a"]',
    },
    {
      what: "dates, keys that need escapes, holes, and what JSON leaves out",
      // eslint-disable-next-line no-sparse-arrays -- that is what is tested
      value: { 'a"\n': new Date(0), b: [, Symbol("x")], c: () => 1, ["__proto__"]: 1n, d: -0 },
      sent: '{"a\\"\\n":"1970-01-01T00:00:00.000Z","b":[null,null],"__proto__":1,"d":0}',
    },
  ])("has $what", async ({ value, schema, sent }) => {
    const request = await post(int64Json(value, undefined, schema));
    expect(request.headers["content-type"]).toBe("application/json");
    expect(request.body.toString()).toBe(sent);
  });

  it.each([
    ["a text", "1a"],
    ["a fraction", "1.5"],
    ["nothing", ""],
    ["a sign", "+1"],
    ["code", '1,"admin":true'],
    ["a file", new Blob(["x"])],
  ])("with %s in the place of an integer is refused", async (_, id) => {
    const error = await failureOf(post(int64Json({ id }, undefined, node)));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain("cannot be encoded as application/json");
    expect(server.requests).toHaveLength(0);
  });

  it("may be left out, and have a type of its own", async () => {
    expect(int64Json(undefined)).toBeUndefined();
    const request = await post(encodeAs("application/x+json", 1n, { "*/*": int64Json }));
    expect(request.headers["content-type"]).toBe("application/x+json");
  });

  it("of a form has JSON with integers, and integers as text", async () => {
    const encoding = {
      a: (value: unknown) => int64Parts(value, node),
      list: (value: unknown) => int64Parts(value, { items: { properties: { id: "int64" } } }),
      whole: (value: unknown) => int64Content(value, { items: "int64" }),
    };
    const value = {
      n: 5n,
      ns: [1n, 2n],
      a: { id: BEYOND },
      list: [{ id: "1" }, "x"],
      whole: ["7"],
    };
    const request = await post(form(value, encoding));
    expect([...new URLSearchParams(request.body.toString())]).toEqual([
      ["n", "5"],
      ["ns", "1"],
      ["ns", "2"],
      ["a", `{"id":${BEYOND}}`],
      ["list", '{"id":1}'],
      ["list", "x"],
      ["whole", "[7]"],
    ]);
  });

  it("of several parts has the same, with a type where the document asks for one", async () => {
    const value = { n: 5n, a: { id: 1n }, list: [{ id: 2n }, null], typed: [{ id: 3n }] };
    const body = multipart(value, {
      a: (part) => int64Parts(part),
      list: (part) => int64Parts(part),
      typed: (part) => int64Parts(part, {}, "application/json"),
    });
    const parts = partsOf(await post(body));
    expect(parts.map(({ name, type, body: bytes }) => [name, type, bytes.toString()])).toEqual([
      ["n", undefined, "5"],
      ["a", undefined, '{"id":1}'],
      ["list", undefined, '{"id":2}'],
      ["list", undefined, "null"],
      ["typed", "application/json", '{"id":3}'],
    ]);
  });

  it("is not needed for parameters", async () => {
    const api = new TestApi({ baseUrl: server.url });
    await api.call({
      path: "/x/{id}",
      pathParams: { id: 9007199254740993n },
      query: { n: [1n, 2n], where: int64Content({ id: "3" }, node) },
      headers: { "x-n": -1n },
    });
    expect(server.request.url).toBe(`/x/${BEYOND}?n=1&n=2&where=%7B%22id%22%3A3%7D`);
    expect(server.request.headers["x-n"]).toBe("-1");
  });
});
