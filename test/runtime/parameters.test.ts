import { describe, expect, it } from "vitest";
import type { Call } from "../../templates/runtime/call.js";
import { ConfigurationError } from "../../templates/runtime/errors.js";
import {
  allowReserved,
  allowReservedInCookie,
  allowReservedInPath,
  commaDelimited,
  deepObject,
  inCookieStyle,
  jsonContent,
  label,
  matrix,
  pipeDelimited,
  simple,
  spaceDelimited,
} from "../../templates/runtime/styles.js";
import { failureOf, TestApi } from "./support/api.js";
import {
  decodeDeep,
  decodeDelimited,
  decodeForm,
  decodeHeader,
  decodeLabel,
  decodeMatrix,
  decodeSimple,
  type Plain,
  type Shape,
} from "./support/decode-parameter.js";
import { useServer } from "./support/server.js";
import { cookies } from "../../templates/runtime/cookies.js";

const server = useServer();
const api = {
  call: (call: Partial<Call>) => new TestApi({ baseUrl: server.url }).call(call),
};

const RESERVED = ":/?#[]@!$&'()*+,;=";
const TEXT = `a b%20${RESERVED}"<>\\^\`{|}~é€😀\u0001`;
// Encoded by no style of a header.
const ASCII = "a b%20:/?#[]@!$&'()*+;\"<>\\^`{|}~";

interface Style {
  readonly style: string;
  readonly write: (value: unknown) => unknown;
  readonly read: (raw: string, shape: Shape) => Plain;
  /** Characters that the style cannot carry. */
  readonly without?: RegExp;
}

const explode = { explode: true };
const as = (value: unknown): unknown => value;

const PATH: readonly Style[] = [
  { style: "simple (default)", write: as, read: (raw, shape) => decodeSimple(raw, shape, false) },
  { style: "simple", write: (v) => simple(v), read: (raw, s) => decodeSimple(raw, s, false) },
  {
    style: "simple, exploded",
    write: (v) => simple(v, explode),
    read: (raw, s) => decodeSimple(raw, s, true),
  },
  { style: "label", write: (v) => label(v), read: (raw, s) => decodeLabel(raw, s, false) },
  {
    style: "label, exploded",
    write: (v) => label(v, explode),
    read: (raw, s) => decodeLabel(raw, s, true),
    without: /\./g,
  },
  { style: "matrix", write: (v) => matrix(v), read: (raw, s) => decodeMatrix(raw, "p", s, false) },
  {
    style: "matrix, exploded",
    write: (v) => matrix(v, explode),
    read: (raw, s) => decodeMatrix(raw, "p", s, true),
  },
  {
    style: "content",
    write: jsonContent,
    read: (raw) => JSON.parse(decodeURIComponent(raw)) as Plain,
  },
];

const QUERY: readonly Style[] = [
  {
    style: "form, exploded (default)",
    write: as,
    read: (r, s) => decodeForm(r, "&", "p", s, true),
  },
  { style: "form", write: commaDelimited, read: (r, s) => decodeForm(r, "&", "p", s, false) },
  {
    style: "spaceDelimited",
    write: spaceDelimited,
    read: (raw, shape) => decodeDelimited(raw, "%20", "p", shape),
    without: / /g,
  },
  {
    style: "pipeDelimited",
    write: pipeDelimited,
    read: (raw, shape) => decodeDelimited(raw, "%7C", "p", shape),
    without: /\|/g,
  },
  {
    style: "content",
    write: jsonContent,
    read: (raw) => JSON.parse(decodeURIComponent(raw.replace(/^p=/, ""))) as Plain,
  },
];

/** With `allowReserved`, the separators of a style are left in values: they are not in these. */
const RESERVED_QUERY: readonly Style[] = QUERY.map(({ write, ...style }) => ({
  ...style,
  style: `${style.style}, allowReserved`,
  write: (value) => allowReserved(write(value)),
  without: /[ |,]/g,
}));

const HEADER: readonly Style[] = [
  { style: "simple (default)", write: as, read: (raw, s) => decodeHeader(raw, s, false) },
  { style: "simple", write: (v) => simple(v), read: (raw, s) => decodeHeader(raw, s, false) },
  {
    style: "simple, exploded",
    write: (v) => simple(v, explode),
    read: (raw, s) => decodeHeader(raw, s, true),
  },
  { style: "content", write: jsonContent, read: (raw) => JSON.parse(raw) as Plain },
];

const COOKIE: readonly Style[] = [
  {
    style: "form, exploded (default)",
    write: as,
    read: (r, s) => decodeForm(r, "; ", "p", s, true),
  },
  { style: "form", write: commaDelimited, read: (r, s) => decodeForm(r, "; ", "p", s, false) },
  {
    style: "content",
    write: jsonContent,
    read: (raw) => JSON.parse(decodeURIComponent(raw.replace(/^p=/, ""))) as Plain,
  },
];

function values(text: string): readonly { shape: Shape; value: Exclude<Plain, undefined> }[] {
  return [
    { shape: "scalar", value: text },
    { shape: "array", value: [text, "2", text] },
    { shape: "array", value: ["one"] },
    { shape: "object", value: { R: "100", G: text, [text]: "b" } },
    { shape: "object", value: { one: text } },
  ];
}

function rows(styles: readonly Style[], text: string) {
  return styles.flatMap((style) =>
    values(style.without === undefined ? text : text.replace(style.without, "")).map(
      ({ shape, value }) => ({ ...style, shape, value, text: JSON.stringify(value) }),
    ),
  );
}

describe("round trip through the raw request", () => {
  it.each(rows(PATH, TEXT))(
    "path, $style, $shape: $text",
    async ({ write, read, shape, value }) => {
      await api.call({ path: "/a/{p}/b", pathParams: { p: write(value) as object } });
      const segments = server.request.url.split("/");
      expect(segments).toHaveLength(4);
      expect(read(segments[2] ?? "", shape)).toEqual(value);
    },
  );

  it.each([...rows(QUERY, TEXT), ...rows(RESERVED_QUERY, TEXT)])(
    "query, $style, $shape: $text",
    async ({ write, read, shape, value }) => {
      await api.call({ query: { p: write(value) as object } });
      const [path, raw = "", ...others] = server.request.url.split("?");
      // A "?" is allowed in a query (RFC 3986, section 3.4).
      expect(read([raw, ...others].join("?"), shape)).toEqual(value);
      expect(path).toBe("/x");
    },
  );

  const headerText = ASCII.replaceAll("=", "").replaceAll(",", "");
  it.each(rows(HEADER, headerText))(
    "header, $style, $shape: $text",
    async ({ write, read, shape, value }) => {
      await api.call({ headers: { "X-P": write(value) as object } });
      expect(read(String(server.request.headers["x-p"]), shape)).toEqual(value);
    },
  );

  it.each(rows(COOKIE, TEXT))("cookie, $style, $shape: $text", async (row) => {
    await api.call({ cookies: cookies({ p: row.write(row.value) as object }) });
    expect(row.read(String(server.request.headers["cookie"]), row.shape)).toEqual(row.value);
  });

  it.each([
    { value: { R: "100", G: TEXT } },
    { value: { a: { b: { c: TEXT } }, d: "1" } },
    { value: { list: ["1", TEXT], "a b": "c" } },
    { value: { items: { "0": { name: "x" }, "1": { name: TEXT } } } },
  ])("query, deepObject: %j", async ({ value }) => {
    await api.call({ query: { p: deepObject(value) } });
    expect(decodeDeep(server.request.url.slice(3), "p")).toEqual(value);
  });
});

describe("what leaves reserved characters as they are, outside of the query", () => {
  it("ends no segment of a path, and no cookie", async () => {
    await api.call({
      path: "/{p}",
      pathParams: { p: allowReservedInPath(simple(`${RESERVED}%41 é`)) },
      cookies: cookies({ c: allowReservedInCookie(`${RESERVED}%41 é`) }),
    });
    expect(server.request.url).toBe("/:%2F%3F%23%5B%5D@!$&'()*+,;=%2541%20%C3%A9");
    expect(server.request.headers["cookie"]).toBe("c=:/?#[]@!$&'()*+%2C%3B=%2541%20%C3%A9");
  });

  it.each([".", ".."])("lets no %j through", async (value) => {
    const call = { path: "/{p}", pathParams: { p: allowReservedInPath(simple(value)) } };
    expect(await failureOf(api.call(call))).toBeInstanceOf(ConfigurationError);
  });
});

describe("cookie style", () => {
  it("escapes nothing", async () => {
    await api.call({
      cookies: cookies({
        greeting: inCookieStyle("Hello%2C%20world!"),
        list: inCookieStyle(["a", 1]),
        crumbs: inCookieStyle({ x: "é".length, y: '"q"' }),
        none: inCookieStyle(undefined),
      }),
    });
    expect(server.request.headers["cookie"]).toBe(
      'greeting=Hello%2C%20world!; list=a; list=1; x=1; y="q"',
    );
  });

  it.each(["a;b=c", "a b", "a,b", 'a"b', "a\\b", "é", "a\r\nX: y", { "a;b": "c" }])(
    "refuses %j, which no cookie can hold",
    async (value) => {
      const call = { cookies: cookies({ c: inCookieStyle(value) }) };
      expect(await failureOf(api.call(call))).toBeInstanceOf(ConfigurationError);
      expect(server.requests).toEqual([]);
    },
  );
});

describe("exact wire forms", () => {
  const COLORS = { R: 100, G: 200 };
  it.each([
    // OpenAPI 3.1.1, "Style Examples"
    { style: "simple", write: as, list: "blue,black", object: "R,100,G,200" },
    {
      style: "simple*",
      write: (v: unknown) => simple(v, explode),
      list: "blue,black",
      object: "R=100,G=200",
    },
    {
      style: "label",
      write: (v: unknown) => label(v),
      list: ".blue,black",
      object: ".R,100,G,200",
    },
    {
      style: "label*",
      write: (v: unknown) => label(v, explode),
      list: ".blue.black",
      object: ".R=100.G=200",
    },
    {
      style: "matrix",
      write: (v: unknown) => matrix(v),
      list: ";color=blue,black",
      object: ";color=R,100,G,200",
    },
    {
      style: "matrix*",
      write: (v: unknown) => matrix(v, explode),
      list: ";color=blue;color=black",
      object: ";R=100;G=200",
    },
  ])("path, $style", async ({ write, list, object }) => {
    await api.call({ path: "/{color}", pathParams: { color: write(["blue", "black"]) as object } });
    await api.call({ path: "/{color}", pathParams: { color: write(COLORS) as object } });
    expect(server.requests.map(({ url }) => url)).toEqual([`/${list}`, `/${object}`]);
  });

  it.each([
    { what: "an array", query: { "id[]": [1, 2] }, url: "/x?id%5B%5D=1&id%5B%5D=2" },
    { what: "an object", query: { color: COLORS }, url: "/x?R=100&G=200" },
    { what: "the empty string", query: { a: "", b: "" }, url: "/x?a=&b=" },
    {
      what: "a number, a boolean, a bigint",
      query: { a: 0, b: false, c: 2n ** 63n },
      url: "/x?a=0&b=false&c=9223372036854775808",
    },
    { what: "a date", query: { since: new Date(0) }, url: "/x?since=1970-01-01T00%3A00%3A00.000Z" },
    {
      what: "nothing",
      query: { a: undefined, b: null, c: [], d: {}, e: [null, undefined] },
      url: "/x",
    },
    {
      what: "styled nothing",
      query: {
        a: commaDelimited([]),
        b: deepObject({}),
        c: jsonContent(undefined),
        d: spaceDelimited(null),
      },
      url: "/x",
    },
    {
      what: "undefined items",
      query: { a: ["x", undefined, null, "y"], b: { c: undefined, d: 1 } },
      url: "/x?a=x&a=y&d=1",
    },
    { what: "spaces and pluses", query: { q: "a b+c" }, url: "/x?q=a%20b%2Bc" },
    { what: "sub-delimiters", query: { q: "!'()*" }, url: "/x?q=%21%27%28%29%2A" },
    { what: "comma-delimited", query: { id: commaDelimited([1, "a,b"]) }, url: "/x?id=1,a%2Cb" },
    {
      what: "space-delimited",
      query: { id: spaceDelimited([1, 2]), o: spaceDelimited(COLORS) },
      url: "/x?id=1%202&o=R%20100%20G%20200",
    },
    { what: "pipe-delimited", query: { id: pipeDelimited([1, 2]) }, url: "/x?id=1%7C2" },
    {
      what: "a deep object",
      query: { f: deepObject({ a: { b: 1 }, c: [2, 3], d: [{ e: 4 }, { e: 5 }] }) },
      url: "/x?f%5Ba%5D%5Bb%5D=1&f%5Bc%5D%5B%5D=2&f%5Bc%5D%5B%5D=3&f%5Bd%5D%5B0%5D%5Be%5D=4&f%5Bd%5D%5B1%5D%5Be%5D=5",
    },
    {
      what: "reserved characters",
      query: { q: allowReserved(`${RESERVED}%41 é`) },
      url: "/x?q=:/?%23[]@!$%26%27()*%2B,;%3D%2541%20%C3%A9",
    },
    {
      what: "JSON",
      query: { filter: jsonContent({ a: [1, "é"] }) },
      url: "/x?filter=%7B%22a%22%3A%5B1%2C%22%5Cu00e9%22%5D%7D",
    },
    {
      what: "a name from Object.prototype",
      query: JSON.parse('{"__proto__": 1, "constructor": 2}') as object,
      url: "/x?__proto__=1&constructor=2",
    },
  ])("query: $what", async ({ query, url }) => {
    await api.call({ query: query as Record<string, unknown> as Record<string, string> });
    expect(server.request.url).toBe(url);
  });

  it("matrix: the empty string has no =", async () => {
    await api.call({
      path: "/{a}{b}",
      pathParams: { a: matrix(""), b: matrix(["", "x"], explode) },
    });
    expect(server.request.url).toBe("/;a;b;b=x");
  });

  it("several cookies are one header", async () => {
    await api.call({ cookies: cookies({ a: "1", b: ["x", "y"], c: undefined }) });
    expect(server.request.headers["cookie"]).toBe("a=1; b=x; b=y");
  });

  it("several parameters of one segment", async () => {
    await api.call({ path: "/feeds/{name}.{format}", pathParams: { name: "a/b", format: "xml" } });
    expect(server.request.url).toBe("/feeds/a%2Fb.xml");
  });

  it("headers are checked, not encoded; dates are ISO 8601", async () => {
    await api.call({
      headers: { Range: "bytes=0-1", "X-T": new Date(0), "X-N": null, "X-L": ["é", 1] },
    });
    const { headers } = server.request;
    expect(headers).toMatchObject({
      range: "bytes=0-1",
      "x-t": "1970-01-01T00:00:00.000Z",
      "x-l": "é,1",
    });
    expect(headers).not.toHaveProperty("x-n");
  });
});

describe("values that a style cannot carry", () => {
  const SECRET = "s3cr3t";
  const nested = { a: { b: SECRET } };
  const cyclic: Record<string, unknown> = { [SECRET]: SECRET };
  cyclic["self"] = cyclic;
  it.each([
    { place: "path", call: { path: "/{p}", pathParams: { p: nested } } },
    { place: "path", call: { path: "/{p}", pathParams: { p: label([[SECRET]]) } } },
    { place: "query", call: { query: { p: nested } } },
    { place: "query", call: { query: { p: [[SECRET]] } } },
    { place: "query", call: { query: { p: [{ a: SECRET }] } } },
    { place: "query", call: { query: { p: commaDelimited(nested) } } },
    { place: "query", call: { query: { p: pipeDelimited([nested]) } } },
    { place: "query", call: { query: { p: deepObject(cyclic) } } },
    { place: "query", call: { query: { p: jsonContent(cyclic) } } },
    { place: "query", call: { query: { p: new Date(Number.NaN) } } },
    { place: "query", call: { query: { p: `${SECRET}\ud800` } } },
    { place: "header", call: { headers: { p: nested } } },
    { place: "cookie", call: { cookies: cookies({ p: nested }) } },
  ])("$place: $call", async ({ place, call }) => {
    const error = await failureOf(api.call(call));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain(`the ${place} parameter "p"`);
    expect(String(error)).toContain("op: GET ");
    expect(String(error)).not.toContain(SECRET);
    expect(server.requests).toHaveLength(0);
  });
});
