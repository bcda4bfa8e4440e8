import { describe, expect, expectTypeOf, it } from "vitest";
import { asText } from "../../templates/runtime/as-text.js";
import { inCookie } from "../../templates/runtime/cookies.js";
import type { ApiError } from "../../templates/runtime/errors.js";
import { json } from "../../templates/runtime/json.js";
import type { ClientOptions } from "../../templates/runtime/options.js";
import type { Service } from "../../templates/runtime/service.js";
import { Transport } from "../../templates/runtime/transport.js";
import {
  sendUndocumented,
  type UndocumentedCall,
} from "../../templates/runtime/undocumented-call.js";
import { failureOf } from "./support/api.js";

const SERVICE: Service = {
  name: "Test",
  servers: [],
  securitySchemes: {
    Certificate: { type: "mutualTLS" },
    Token: { type: "http", scheme: "bearer" },
    Key: { type: "apiKey", in: "header", name: "x-key" },
    Session: { type: "apiKey", in: inCookie, name: "sid" },
  },
};

interface Sent {
  url: string;
  init: RequestInit;
}

/** A client, what it sends, and one answer for all. */
function client(
  options: ClientOptions = {},
  response: () => Response = () => Response.json({ a: 1 }),
): { transport: Transport; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: ClientOptions["fetch"] = (url, init) => {
    sent.push({ url, init });
    return Promise.resolve(response());
  };
  const all = { baseUrl: "https://a.example/api", retry: 0, fetch, ...options };
  return { transport: new Transport(SERVICE, all), sent };
}

const GET: UndocumentedCall = { method: "GET", path: "/x" };

describe("a call that the document does not have", () => {
  it("is sent and decoded like any other", async () => {
    const { transport, sent } = client();
    const promise = sendUndocumented<{ a: number }>(
      transport,
      {
        method: "POST",
        path: "/x/{id}",
        pathParams: { id: "a/b" },
        query: { q: ["c", "d"] },
        headers: { "x-one": 1 },
        body: json({ e: 2 }),
      },
      undefined,
    );
    const data = await promise;
    expectTypeOf(data).toEqualTypeOf<{ a: number }>();
    expect(data).toEqual({ a: 1 });
    expect(sent[0]?.url).toBe("https://a.example/api/x/a%2Fb?q=c&q=d");
    expect(sent[0]?.init).toMatchObject({ method: "POST", body: '{"e":2}' });
    const headers = new Headers(sent[0]?.init.headers);
    expect(headers.get("x-one")).toBe("1");
    expect(headers.get("content-type")).toBe("application/json");
  });

  it("is decoded as it says", async () => {
    const { transport } = client({}, () => new Response("a;b"));
    const call = { ...GET, accept: "text/csv", response: asText };
    expect(await sendUndocumented<string>(transport, call, undefined)).toBe("a;b");
  });

  it("names its path template in errors", async () => {
    const { transport } = client({}, () => Response.json({ no: true }, { status: 418 }));
    const call = { ...GET, path: "/x/{id}", pathParams: { id: "secret" } };
    const error = (await failureOf(sendUndocumented(transport, call, undefined))) as ApiError;
    expect(error.message).toBe("request: GET /x/{id} answered 418");
    expect(error.body).toEqual({ no: true });
    const named = { ...call, operationId: "getX" };
    expect(await failureOf(sendUndocumented(transport, named, undefined))).toMatchObject({
      message: "getX: GET /x/{id} answered 418",
    });
  });

  it("has its answer told apart by status", async () => {
    const { transport } = client({}, () => Response.json({ no: true }, { status: 404 }));
    const result = await sendUndocumented<string>(transport, GET, undefined).result();
    if (result.ok) expectTypeOf(result.data).toEqualTypeOf<string>();
    else expectTypeOf(result.error.body).toEqualTypeOf<unknown>();
    expect(result).toMatchObject({ ok: false, status: 404 });
  });

  it.each<[string, string]>([
    ["an absolute URL", "https://evil.example/x"],
    ["another host", "@evil.example/x"],
    ["a longer host", ".evil.example/x"],
    ["no scheme", "//evil.example/x"],
  ])("does not leave the origin for %s", async (_name, path) => {
    const { transport, sent } = client({ baseUrl: "https://a.example", auth: { Token: "t" } });
    await sendUndocumented(transport, { ...GET, path }, undefined).result();
    expect(sent.map(({ url }) => new URL(url).origin)).toEqual(["https://a.example"]);
  });
});

it.each<[string, string, string | undefined]>([
  ["another origin", "https://evil.example/x", undefined],
  ["another scheme", "http://a.example/x", undefined],
  ["credentials of its own", "https://u:s3cr3t@a.example/x", undefined],
  ["the same origin", "https://a.example/y?z#f", "https://a.example/y?z"],
])("a link to %s is followed only if it is safe", async (_name, link, followed) => {
  const { transport, sent } = client({ auth: { Token: "t" } });
  const call = sendUndocumented(transport, { ...GET, url: () => link }, undefined);
  const error: unknown = await call.then(() => undefined).catch((reason: unknown) => reason);
  expect(sent.map(({ url }) => url)).toEqual(followed === undefined ? [] : [followed]);
  if (followed === undefined) expect(error).toMatchObject({ name: "ConfigurationError" });
  expect(String(error)).not.toContain("s3cr3t");
});

describe("its credentials are", () => {
  it.each<[string, ClientOptions["auth"], UndocumentedCall["security"], Record<string, string>]>([
    ["none where there are none", undefined, undefined, {}],
    ["the first that there is", { Key: "k" }, undefined, { "x-key": "k" }],
    ["only the first", { Key: "k", Token: "t" }, undefined, { authorization: "Bearer t" }],
    ["none where none are wanted", { Token: "t" }, [], {}],
    [
      "those that are asked for",
      { Key: "k", Token: "t" },
      [{ Key: [], Token: [] }],
      { "x-key": "k", authorization: "Bearer t" },
    ],
  ])("%s", async (_name, auth, security, expected) => {
    const { transport, sent } = client({ auth });
    await sendUndocumented(transport, { ...GET, security }, undefined);
    const headers: Record<string, string> = {};
    new Headers(sent[0]?.init.headers).forEach((value, name) => {
      if (name !== "accept") headers[name] = value;
    });
    expect(headers).toEqual(expected);
  });
});
