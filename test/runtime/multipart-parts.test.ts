import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../templates/runtime/errors.js";
import { multipart } from "../../templates/runtime/multipart.js";
import { nestedParts, parts, type PartsEncoding } from "../../templates/runtime/multipart-parts.js";
import { streamPart } from "../../templates/runtime/stream-part.js";
import { failureOf, TestApi } from "./support/api.js";
import { partsOf } from "./support/multipart.js";
import { always, useServer } from "./support/server.js";

const server = useServer();

function post(values: unknown, encoding?: PartsEncoding, contentType = "multipart/mixed") {
  const api = new TestApi({ baseUrl: server.url, retry: { limit: 1, baseDelay: 1 } });
  return api.call({
    method: "POST",
    idempotent: true,
    body: parts(values, contentType, encoding),
  });
}

/** Takes a body apart by its type; strict about every byte (RFC 2046, section 5.1.1). */
function apart(type: string, body: Buffer): { type: string; text: string }[] {
  const boundary = /^multipart\/[a-z]+; boundary=(\S+)$/.exec(type)?.[1] ?? "";
  const pieces = `\r\n${body.toString("latin1")}`.split(`\r\n--${boundary}`);
  expect(pieces.at(0)).toBe("");
  expect(pieces.at(-1)).toBe("--\r\n");
  return pieces.slice(1, -1).map((piece) => {
    const [, head = "", text = ""] = /^\r\n([^\r]*)\r\n\r\n(.*)$/s.exec(piece) ?? [];
    return { type: head.replace("Content-Type: ", ""), text };
  });
}

function received(): { type: string; text: string }[] {
  const { headers, body } = server.request;
  return apart(String(headers["content-type"]), body);
}

const JPEG = new Blob([Uint8Array.of(255, 216)], { type: "image/jpeg" });
const JPEG_TEXT = "\u00ff\u00d8";

describe("parts in their order", () => {
  it.each<{
    what: string;
    values: unknown[];
    encoding?: PartsEncoding;
    expected: [string, string][];
  }>([
    {
      what: "without encodings: by their values",
      values: [{ a: 1 }, "text", 5, true, null, JPEG, new Blob(["b"]), [1, 2], Uint8Array.of(98)],
      expected: [
        ["application/json", '{"a":1}'],
        ["text/plain;charset=UTF-8", "text"],
        ["text/plain;charset=UTF-8", "5"],
        ["text/plain;charset=UTF-8", "true"],
        ["application/json", "null"],
        ["image/jpeg", JPEG_TEXT],
        ["application/octet-stream", "b"],
        ["application/json", "[1,2]"],
        ["application/octet-stream", "b"],
      ],
    },
    {
      what: "with encodings by position",
      values: [{ a: 1 }, "<p>", "a {}", JPEG],
      encoding: { prefix: [undefined, "text/html"], item: "text/css, image/*" },
      expected: [
        ["application/json", '{"a":1}'],
        ["text/html", "<p>"],
        ["text/css", "a {}"],
        ["image/jpeg", JPEG_TEXT],
      ],
    },
    {
      what: "a text that is JSON",
      values: ["text"],
      encoding: { item: "application/json" },
      expected: [["application/json", '"text"']],
    },
    {
      what: "a file of another type than is wanted",
      values: [new Blob(["a"], { type: "text/html" })],
      encoding: { item: "image/png" },
      expected: [["image/png", "a"]],
    },
    {
      what: "fewer than there are encodings",
      values: [],
      encoding: { prefix: ["a/b"] },
      expected: [],
    },
  ])("$what", async ({ values, encoding, expected }) => {
    await post(values, encoding);
    expect(received()).toEqual(expected.map(([type, text]) => ({ type, text })));
  });

  it("has parts in parts", async () => {
    await post([{ a: 1 }, [{ b: 2 }, "text"]], {
      prefix: [undefined, { contentType: "multipart/related", prefix: ["application/xml"] }],
    });
    const [first, second] = received();
    expect(first).toEqual({ type: "application/json", text: '{"a":1}' });
    expect(apart(second?.type ?? "", Buffer.from(second?.text ?? "", "latin1"))).toEqual([
      { type: "application/xml", text: '{"b":2}' },
      { type: "text/plain;charset=UTF-8", text: "text" },
    ]);
  });

  it("is sent again as it was, unless a part is a stream", async () => {
    server.answer(always(503));
    await failureOf(post(["a", JPEG]));
    const [one, other] = server.requests;
    expect(one?.body).toEqual(other?.body);
    const stream = (): ReadableStream<Uint8Array> => new Blob(["s"]).stream();
    await failureOf(post([stream(), streamPart(stream(), { name: "a", type: "text/css" })]));
    expect(server.requests).toHaveLength(3);
    const last = server.requests[2];
    expect(apart(String(last?.headers["content-type"]), last?.body ?? Buffer.of())).toEqual([
      { type: "application/octet-stream", text: "s" },
      { type: "text/css", text: "s" },
    ]);
  });

  it("has a boundary that nobody can guess", async () => {
    await post(["a"]);
    await post(["a"]);
    const [one, other] = server.requests;
    expect(one?.headers["content-type"]).not.toBe(other?.headers["content-type"]);
  });

  it.each([
    { values: "text" },
    { values: { a: 1 } },
    { values: [undefined] },
    { values: [() => 1] },
  ])("refuses what has no order or no form: $values", async ({ values }) => {
    expect(await failureOf(post(values))).toBeInstanceOf(ConfigurationError);
    expect(server.requests).toEqual([]);
  });

  it("is no body if it is undefined", async () => {
    await post(undefined);
    expect(server.request.headers["content-type"]).toBeUndefined();
  });
});

describe("a property of a form that has parts", () => {
  it("is a file of them", async () => {
    const api = new TestApi({ baseUrl: server.url });
    const encoding = {
      pages: (value: unknown) =>
        nestedParts(value, { contentType: "multipart/mixed", item: "text/html" }),
    };
    const body = multipart({ title: "t", pages: ["<p>", "<b>"] }, encoding);
    await api.call({ method: "POST", body });
    const [title, pages] = partsOf(server.request);
    expect(title).toMatchObject({ name: "title", body: Buffer.from("t") });
    expect(pages).toMatchObject({ name: "pages", fileName: "blob" });
    expect(apart(pages?.type ?? "", pages?.body ?? Buffer.of())).toEqual([
      { type: "text/html", text: "<p>" },
      { type: "text/html", text: "<b>" },
    ]);
  });
});
