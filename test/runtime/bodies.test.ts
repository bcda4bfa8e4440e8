import { describe, expect, it } from "vitest";
import { binary } from "../../templates/runtime/binary.js";
import { ConfigurationError } from "../../templates/runtime/errors.js";
import { form } from "../../templates/runtime/form.js";
import { json } from "../../templates/runtime/json.js";
import { multipart } from "../../templates/runtime/multipart.js";
import {
  allowReserved,
  commaDelimited,
  deepObject,
  exploded,
  pipeDelimited,
  spaceDelimited,
} from "../../templates/runtime/styles.js";
import { text } from "../../templates/runtime/text.js";
import { failureOf, TestApi } from "./support/api.js";
import { partsOf, type Part } from "./support/multipart.js";
import { useServer } from "./support/server.js";

const server = useServer();

async function post(body: ReturnType<typeof json>, method = "POST") {
  await new TestApi({ baseUrl: server.url }).call({ method, body });
  return server.request;
}

const BYTES = Uint8Array.from([0, 255, 13, 10, 45, 45, 128]);
const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";

function stream(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

describe("one body, byte by byte", () => {
  it.each([
    { what: "JSON", body: json({ a: "é", b: undefined }), type: JSON_TYPE, sent: '{"a":"é"}' },
    { what: "JSON null", body: json(null), type: JSON_TYPE, sent: "null" },
    { what: "JSON false", body: json(false), type: JSON_TYPE, sent: "false" },
    {
      what: "JSON, other type",
      body: json([], "application/merge-patch+json"),
      type: "application/merge-patch+json",
      sent: "[]",
    },
    { what: "text", body: text("é\n"), type: "text/plain;charset=UTF-8", sent: "é\n" },
    { what: "empty text", body: text(""), type: "text/plain;charset=UTF-8", sent: "" },
    { what: "XML", body: text("<a/>", "application/xml"), type: "application/xml", sent: "<a/>" },
    { what: "bytes", body: binary(BYTES), type: "application/octet-stream", sent: BYTES },
    {
      what: "part of a buffer",
      body: binary(BYTES.subarray(1, 3)),
      type: "application/octet-stream",
      sent: BYTES.slice(1, 3),
    },
    {
      what: "a view",
      body: binary(new DataView(BYTES.buffer, 2, 3)),
      type: "application/octet-stream",
      sent: BYTES.slice(2, 5),
    },
    {
      what: "a buffer",
      body: binary(BYTES.slice().buffer, "image/png"),
      type: "image/png",
      sent: BYTES,
    },
    {
      what: "a blob with a type",
      body: binary(new Blob([BYTES], { type: "image/gif" })),
      type: "image/gif",
      sent: BYTES,
    },
    {
      what: "a blob without a type",
      body: binary(new Blob([BYTES])),
      type: "application/octet-stream",
      sent: BYTES,
    },
    {
      what: "a blob and another type",
      body: binary(new Blob([BYTES], { type: "image/gif" }), "video/mp4"),
      type: "video/mp4",
      sent: BYTES,
    },
    {
      what: "a stream",
      body: binary(stream(BYTES, BYTES), "video/mp4"),
      type: "video/mp4",
      sent: Buffer.concat([BYTES, BYTES]),
    },
  ])("$what", async ({ body, type, sent }) => {
    const request = await post(body);
    expect(request.headers["content-type"]).toBe(type);
    expect(request.body).toEqual(Buffer.from(sent));
  });

  it.each([
    json(undefined),
    text(undefined),
    binary(undefined),
    form(undefined),
    multipart(undefined),
  ])("undefined is no body (%#)", async (body) => {
    expect(body).toBeUndefined();
    const request = await post(body);
    expect(request.headers["content-type"]).toBeUndefined();
    expect(request.body).toHaveLength(0);
  });

  it("a body with DELETE", async () => {
    expect((await post(json({ id: 1 }), "DELETE")).body.toString()).toBe('{"id":1}');
  });

  it.each(["GET", "HEAD"])("no body with %s", async (method) => {
    const error = await failureOf(post(json({ secret: 1 }), method));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain(`${method} cannot have a body`);
    expect(server.requests).toHaveLength(0);
  });

  it("a body that cannot be encoded is an error that does not show it", async () => {
    const error = await failureOf(post(json({ secret: 1n })));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).not.toContain("secret");
  });

  it.each([
    { what: "the body", value: new Blob([BYTES]) },
    { what: "a member", value: { file: new Blob([BYTES], { type: "image/png" }) } },
    { what: "a file among others", value: { a: 1, file: new File([BYTES], "a.png") } },
    { what: "an item", value: [new Blob([BYTES])] },
  ])("a file in JSON is refused: $what", async ({ value }) => {
    const promise = new TestApi({ baseUrl: server.url }).call({
      method: "POST",
      body: json(value),
    });
    const error = await failureOf(promise);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain("its body cannot be encoded as application/json");
    expect(server.requests).toHaveLength(0);
  });

  it("only streams can be sent but once", () => {
    expect(binary(stream())?.once).toBe(true);
    for (const body of [json(1), text("a"), binary(BYTES), form({}), multipart({})]) {
      expect(body?.once ?? false).toBe(false);
      expect(body?.encode()).toEqual(body?.encode());
    }
  });
});

describe("application/x-www-form-urlencoded", () => {
  const asIs = (value: unknown) => allowReserved(value);
  it.each([
    {
      what: "scalars",
      value: { a: "b", c: 1, d: false, e: 2n, f: new Date(0) },
      sent: "a=b&c=1&d=false&e=2&f=1970-01-01T00%3A00%3A00.000Z",
    },
    { what: "no value", value: { a: undefined, b: null, c: "" }, sent: "c=" },
    { what: "nothing", value: {}, sent: "" },
    {
      what: "special characters",
      value: { "a b": "c d+e&f=g%20é'*" },
      sent: "a+b=c+d%2Be%26f%3Dg%2520%C3%A9%27%2A",
    },
    { what: "an array", value: { scope: ["a", "b", null] }, sent: "scope=a&scope=b" },
    { what: "an empty array", value: { scope: [] }, sent: "" },
    { what: "an object", value: { o: { a: [1] } }, sent: "o=%7B%22a%22%3A%5B1%5D%7D" },
    { what: "an array of objects", value: { o: [{ a: 1 }, "x"] }, sent: "o=%7B%22a%22%3A1%7D&o=x" },
    {
      what: "comma-delimited",
      value: { o: ["a", "b,c"] },
      encoding: { o: commaDelimited },
      sent: "o=a,b%2Cc",
    },
    {
      what: "space-delimited",
      value: { o: ["a", "b"] },
      encoding: { o: spaceDelimited },
      sent: "o=a+b",
    },
    {
      what: "pipe-delimited",
      value: { o: ["a", "b"] },
      encoding: { o: pipeDelimited },
      sent: "o=a%7Cb",
    },
    {
      what: "deep object",
      value: { o: { a: 1, b: [2, 3] } },
      encoding: { o: deepObject },
      sent: "o%5Ba%5D=1&o%5Bb%5D%5B%5D=2&o%5Bb%5D%5B%5D=3",
    },
    {
      what: "exploded",
      value: { o: { a: 1, b: "c d" }, p: [1, 2] },
      encoding: { o: exploded, p: exploded },
      sent: "a=1&b=c+d&p=1&p=2",
    },
    {
      what: "reserved characters",
      value: { o: "a/b?c&d" },
      encoding: { o: asIs },
      sent: "o=a/b?c%26d",
    },
    {
      what: "JSON",
      value: { o: "a", p: null },
      encoding: { o: "application/json", p: "application/json" },
      sent: "o=%22a%22",
    },
    { what: "a text type", value: { o: 1 }, encoding: { o: "text/plain" }, sent: "o=1" },
    {
      what: "hostile names",
      value: JSON.parse('{"__proto__":"a","constructor":"b"}') as object,
      sent: "__proto__=a&constructor=b",
    },
  ])("$what", async ({ value, encoding, sent }) => {
    const request = await post(form(value, encoding));
    expect(request.headers["content-type"]).toBe(FORM_TYPE);
    expect(request.body.toString()).toBe(sent);
  });

  it.each(["a b", "a+b", "é😀", "a&b=c%", "~!'()*", "\r\n"])(
    "any parser reads %j back",
    async (value) => {
      const request = await post(form({ [value]: value }));
      expect([...new URLSearchParams(request.body.toString())]).toEqual([[value, value]]);
    },
  );
});

describe("multipart/form-data", () => {
  const part = (name: string, body: string | Uint8Array, others: Partial<Part> = {}) => ({
    name,
    body: Buffer.from(body),
    ...others,
  });
  const png = new Blob([BYTES], { type: "image/png" });
  const file = new File([BYTES], 'a"b\r\n.png', { type: "image/png" });
  const octets = "application/octet-stream";

  it.each([
    {
      what: "scalars",
      value: { a: "é", b: 1, c: true, d: new Date(0) },
      parts: [
        part("a", "é"),
        part("b", "1"),
        part("c", "true"),
        part("d", "1970-01-01T00:00:00.000Z"),
      ],
    },
    {
      what: "no value",
      value: { a: undefined, c: [undefined], d: "" },
      parts: [part("d", "")],
    },
    {
      what: "null, which clears a field",
      value: { b: null, c: [null] },
      parts: [part("b", "null"), part("c", "null")],
    },
    {
      what: "a blob",
      value: { f: png },
      parts: [part("f", BYTES, { fileName: "blob", type: "image/png" })],
    },
    {
      what: "a file",
      value: { f: file },
      parts: [part("f", BYTES, { fileName: "a%22b%0D%0A.png", type: "image/png" })],
    },
    {
      what: "bytes",
      value: { f: BYTES.subarray(0, 2), g: BYTES.slice().buffer },
      parts: [
        part("f", BYTES.slice(0, 2), { fileName: "blob", type: octets }),
        part("g", BYTES, { fileName: "blob", type: octets }),
      ],
    },
    {
      what: "several files",
      value: { f: [png, png] },
      parts: [
        part("f", BYTES, { fileName: "blob", type: "image/png" }),
        part("f", BYTES, { fileName: "blob", type: "image/png" }),
      ],
    },
    {
      what: "an array",
      value: { tags: ["a", "b", 3] },
      parts: [part("tags", "a"), part("tags", "b"), part("tags", "3")],
    },
    {
      what: "an object is text without a file name",
      value: { o: { a: [1] } },
      parts: [part("o", '{"a":[1]}')],
    },
    {
      what: "an array of objects",
      value: { o: [{ a: 1 }, { a: 2 }] },
      parts: [part("o", '{"a":1}'), part("o", '{"a":2}')],
    },
    { what: "an array in an array", value: { o: [[1, 2]] }, parts: [part("o", "[1,2]")] },
    {
      what: "JSON with a type",
      value: { o: { a: 1 } },
      encoding: { o: "application/json" },
      parts: [part("o", '{"a":1}', { fileName: "blob", type: "application/json" })],
    },
    {
      what: "JSON text with a type",
      value: { o: "a" },
      encoding: { o: "application/json" },
      parts: [part("o", '"a"', { fileName: "blob", type: "application/json" })],
    },
    {
      what: "text with a type",
      value: { o: 7 },
      encoding: { o: "text/csv" },
      parts: [part("o", "7", { fileName: "blob", type: "text/csv" })],
    },
    {
      what: "a type that is allowed",
      value: { f: png },
      encoding: { f: "image/jpeg, image/png" },
      parts: [part("f", BYTES, { fileName: "blob", type: "image/png" })],
    },
    {
      what: "a type that fits a range",
      value: { f: png },
      encoding: { f: "image/*" },
      parts: [part("f", BYTES, { fileName: "blob", type: "image/png" })],
    },
    {
      what: "a type that is not allowed",
      value: { f: file },
      encoding: { f: "image/jpeg, image/webp" },
      parts: [part("f", BYTES, { fileName: "a%22b%0D%0A.png", type: "image/jpeg" })],
    },
    {
      what: "no type, one wanted",
      value: { f: new Blob([BYTES]) },
      encoding: { f: "video/mp4" },
      parts: [part("f", BYTES, { fileName: "blob", type: "video/mp4" })],
    },
    {
      what: "no type, a range wanted",
      value: { f: new Blob([BYTES]) },
      encoding: { f: "video/*" },
      parts: [part("f", BYTES, { fileName: "blob", type: octets })],
    },
    {
      what: "style form, not exploded",
      value: { o: ["a b", "c"] },
      encoding: { o: commaDelimited },
      parts: [part("o", "a b,c")],
    },
    {
      what: "style form, exploded",
      value: { o: { a: 1, f: png } },
      encoding: { o: exploded },
      parts: [part("a", "1"), part("f", BYTES, { fileName: "blob", type: "image/png" })],
    },
    {
      what: "style pipeDelimited",
      value: { o: ["a", "c"] },
      encoding: { o: pipeDelimited },
      parts: [part("o", "a|c")],
    },
    {
      what: "style deepObject",
      value: { o: { a: 1, b: { c: "d" }, e: [1, 2] } },
      encoding: { o: deepObject },
      parts: [part("o[a]", "1"), part("o[b][c]", "d"), part("o[e][]", "1"), part("o[e][]", "2")],
    },
    {
      what: "files in a deep object",
      value: { tasks: [{ name: "cut" }, { name: "intro", options: { file } }] },
      encoding: { tasks: deepObject },
      parts: [
        part("tasks[0][name]", "cut"),
        part("tasks[1][name]", "intro"),
        part("tasks[1][options][file]", BYTES, { fileName: "a%22b%0D%0A.png", type: "image/png" }),
      ],
    },
    {
      what: "names with quotes and line breaks",
      value: { 'a"\r\nb': "1" },
      parts: [part("a%22%0D%0Ab", "1")],
    },
    {
      what: "hostile names",
      value: JSON.parse('{"__proto__":"a"}') as object,
      parts: [part("__proto__", "a")],
    },
  ])("$what", async ({ value, encoding, parts }) => {
    const request = await post(multipart(value, encoding));
    expect(partsOf(request)).toEqual(parts);
  });
});
