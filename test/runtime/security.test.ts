import { describe, expect, it } from "vitest";
import { ConfigurationError, MissingCredentialsError } from "../../templates/runtime/errors.js";
import type { SecurityRequirement, SecurityScheme } from "../../templates/runtime/service.js";
import { failureOf, TestApi } from "./support/api.js";
import { useServer } from "./support/server.js";
import { inCookie } from "../../templates/runtime/cookies.js";

const server = useServer();

const SCHEMES: Record<string, SecurityScheme> = {
  basic: { type: "http", scheme: "basic" },
  bearer: { type: "http", scheme: "bearer" },
  digest: { type: "http", scheme: "DPoP" },
  oauth: { type: "oauth2" },
  oidc: { type: "openIdConnect" },
  header: { type: "apiKey", in: "header", name: "X-Api-Key" },
  other: { type: "apiKey", in: "header", name: "X-Other" },
  query: { type: "apiKey", in: "query", name: "api key" },
  cookie: { type: "apiKey", in: inCookie, name: "sid" },
  mtls: { type: "mutualTLS" },
};

function call(security: readonly SecurityRequirement[], auth: object, own?: object) {
  const api = new TestApi({ baseUrl: server.url, auth }, { securitySchemes: SCHEMES });
  return api.call({ security, query: { q: 1 } }, { auth: own });
}

/** What arrived of credentials. */
function presented() {
  const { headers, url } = server.request;
  const { authorization, cookie, "x-api-key": header, "x-other": other } = headers;
  const query = new URL(url, server.url).searchParams.get("api key") ?? undefined;
  return JSON.parse(JSON.stringify({ authorization, cookie, header, other, query })) as object;
}

const needs = (...names: string[]) => Object.fromEntries(names.map((name) => [name, []]));

describe("schemes", () => {
  it.each([
    {
      scheme: "basic",
      credential: { username: "a", password: "b:c" },
      sent: { authorization: "Basic YTpiOmM=" },
    },
    {
      scheme: "basic",
      credential: { username: "é", password: "€😀" },
      sent: { authorization: `Basic ${Buffer.from("é:€😀").toString("base64")}` },
    },
    {
      scheme: "basic",
      credential: { username: "", password: "" },
      sent: { authorization: "Basic Og==" },
    },
    { scheme: "bearer", credential: "t", sent: { authorization: "Bearer t" } },
    { scheme: "digest", credential: "t", sent: { authorization: "DPoP t" } },
    { scheme: "oauth", credential: "t", sent: { authorization: "Bearer t" } },
    { scheme: "oidc", credential: "t", sent: { authorization: "Bearer t" } },
    { scheme: "header", credential: "k", sent: { header: "k" } },
    { scheme: "query", credential: "a&b=c d", sent: { query: "a&b=c d" } },
    { scheme: "cookie", credential: "a=b%", sent: { cookie: "sid=a=b%" } },
    { scheme: "mtls", credential: undefined, sent: {} },
    // a file's last line break
    { scheme: "bearer", credential: "t\n", sent: { authorization: "Bearer t" } },
    { scheme: "header", credential: "k\r\n", sent: { header: "k" } },
    // functions
    { scheme: "bearer", credential: () => "t", sent: { authorization: "Bearer t" } },
    {
      scheme: "bearer",
      credential: async () => Promise.resolve("t"),
      sent: { authorization: "Bearer t" },
    },
    {
      scheme: "basic",
      credential: () => ({ username: "a", password: "b" }),
      sent: { authorization: "Basic YTpi" },
    },
  ])("$scheme: $credential", async ({ scheme, credential, sent }) => {
    await call([needs(scheme)], { [scheme]: credential });
    expect(presented()).toEqual(sent);
    expect(server.request.url.startsWith("/x?q=1")).toBe(true);
  });

  it.each([
    { scheme: "bearer", credential: "" },
    { scheme: "bearer", credential: "\n" },
    { scheme: "bearer", credential: "s3cr3t\nX: y" },
    { scheme: "bearer", credential: "s3cr3t\0" },
    { scheme: "bearer", credential: "s3cr3t€" },
    { scheme: "bearer", credential: 42 },
    { scheme: "bearer", credential: { token: "s3cr3t" } },
    { scheme: "header", credential: () => "" },
    { scheme: "header", credential: "s3cr3t\r\n\r\n" },
    { scheme: "query", credential: "" },
    { scheme: "cookie", credential: "s3cr3t; admin=1" },
    { scheme: "basic", credential: "s3cr3t" },
    { scheme: "basic", credential: { username: "s3cr3t" } },
    { scheme: "basic", credential: { username: "s3cr3t:x", password: "" } },
  ])("refused, and not shown: $scheme $credential", async ({ scheme, credential }) => {
    const error = await failureOf(call([needs(scheme)], { [scheme]: credential }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain(`the credential for ${scheme}`);
    expect(String(error)).not.toContain("s3cr3t");
    expect(server.requests).toHaveLength(0);
  });
});

describe("alternatives", () => {
  const bearer = { authorization: "Bearer t" };
  it.each([
    { what: "none", security: [], auth: { bearer: "t" }, sent: {} },
    { what: "one", security: [needs("bearer")], auth: { bearer: "t", header: "k" }, sent: bearer },
    {
      what: "the first of two",
      security: [needs("bearer"), needs("header")],
      auth: { header: "k", bearer: "t" },
      sent: bearer,
    },
    {
      what: "the second of two",
      security: [needs("bearer"), needs("header")],
      auth: { header: "k" },
      sent: { header: "k" },
    },
    {
      what: "both",
      security: [needs("bearer", "header")],
      auth: { header: "k", bearer: "t" },
      sent: { ...bearer, header: "k" },
    },
    {
      what: "both, one is missing",
      security: [needs("bearer", "header"), needs("query")],
      auth: { bearer: "t", query: "q" },
      sent: { query: "q" },
    },
    {
      what: "two headers",
      security: [needs("header", "other")],
      auth: { header: "k", other: "o" },
      sent: { header: "k", other: "o" },
    },
    {
      what: "optional, given",
      security: [needs("bearer"), {}],
      auth: { bearer: "t" },
      sent: bearer,
    },
    {
      what: "optional, given, {} first",
      security: [{}, needs("bearer")],
      auth: { bearer: "t" },
      sent: bearer,
    },
    { what: "optional, not given", security: [{}, needs("bearer")], auth: {}, sent: {} },
    {
      what: "a function without a value",
      security: [needs("bearer"), needs("header")],
      auth: { bearer: () => undefined, header: "k" },
      sent: { header: "k" },
    },
    {
      what: "a promise without a value",
      security: [needs("bearer"), {}],
      auth: { bearer: async () => Promise.resolve(undefined) },
      sent: {},
    },
    {
      what: "with a certificate",
      security: [needs("mtls", "bearer")],
      auth: { bearer: "t" },
      sent: bearer,
    },
    {
      what: "of the call",
      security: [needs("bearer")],
      auth: { bearer: "client" },
      own: { bearer: "t" },
      sent: bearer,
    },
    {
      what: "of the call, for one scheme",
      security: [needs("bearer", "header")],
      auth: { bearer: "client", header: "k" },
      own: { bearer: "t" },
      sent: { ...bearer, header: "k" },
    },
    {
      what: "of the call, undefined",
      security: [needs("bearer")],
      auth: { bearer: "t" },
      own: { bearer: undefined },
      sent: bearer,
    },
    {
      what: "unknown schemes are passed over",
      security: [needs("nowhere"), needs("bearer")],
      auth: { nowhere: "n", bearer: "t" },
      sent: bearer,
    },
  ])("$what", async ({ security, auth, own, sent }) => {
    await call(security, auth, own);
    expect(presented()).toEqual(sent);
  });

  it("functions are asked once, and only where they are needed", async () => {
    const asked: string[] = [];
    const ask = (name: string, value?: string) => () => {
      asked.push(name);
      return value;
    };
    const auth = {
      bearer: ask("bearer"),
      header: ask("header", "k"),
      query: ask("query", "q"),
      oauth: ask("oauth", "o"),
    };
    const security = [
      needs("oauth", "cookie"), // no cookie: oauth is not asked
      needs("bearer", "query"), // no bearer: query is not asked
      needs("header", "bearer"), // bearer again: not asked again
      needs("header"),
      needs("oauth"), // not reached
    ];
    await call(security, auth);
    expect(asked).toEqual(["bearer", "header"]);
    expect(presented()).toEqual({ header: "k" });
  });

  it("what a function throws is passed on", async () => {
    const reason = new Error("logged out");
    const rejects = { bearer: async () => Promise.reject(reason) };
    const throws = {
      bearer: () => {
        throw reason;
      },
    };
    expect(await failureOf(call([needs("bearer")], rejects))).toBe(reason);
    expect(await failureOf(call([needs("bearer")], throws).result())).toBe(reason);
    expect(server.requests).toHaveLength(0);
  });

  it.each(["then", "withResponse", "asResponse", "result"] as const)(
    "missing: %s",
    async (form) => {
      const security = [{ oauth: ["read", "write"] }, needs("basic", "header"), needs("bearer")];
      const promise = call(security, { header: "k", toString: "x" });
      const error = await failureOf(form === "then" ? promise : promise[form]());
      expect(error).toBeInstanceOf(MissingCredentialsError);
      expect(error).toMatchObject({ name: "MissingCredentialsError", alternatives: security });
      expect((error as Error).message).toBe(
        "op: GET /x needs credentials in `auth`: oauth (read, write), or basic + header, or bearer",
      );
      expect(server.requests).toHaveLength(0);
    },
  );

  it("names from Object.prototype are no credentials", async () => {
    const api = new TestApi(
      { baseUrl: server.url, auth: {} },
      {
        securitySchemes: Object.fromEntries(
          ["constructor", "toString"].map((name) => [name, { type: "oauth2" }]),
        ),
      },
    );
    const error = await failureOf(
      api.call({ security: [needs("constructor"), needs("toString")] }),
    );
    expect(error).toBeInstanceOf(MissingCredentialsError);
  });

  it("a header of the call wins over a credential", async () => {
    const api = new TestApi(
      { baseUrl: server.url, auth: { bearer: "t" } },
      { securitySchemes: SCHEMES },
    );
    await api.call({ security: [needs("bearer")] }, { headers: { Authorization: "Own x" } });
    expect(presented()).toEqual({ authorization: "Own x" });
  });

  it("cookies where programs must not set any", async () => {
    const Platform = globalThis.Request;
    // As browsers do, without a word.
    globalThis.Request = class extends Platform {
      constructor(...[input, init]: ConstructorParameters<typeof Platform>) {
        super(input, init);
        this.headers.delete("cookie");
      }
    };
    try {
      const error = await failureOf(call([needs("cookie")], { cookie: "s3cr3t" }));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toContain("browser");
      expect(String(error)).not.toContain("s3cr3t");
      await call([needs("bearer")], { bearer: "t" });
    } finally {
      globalThis.Request = Platform;
    }
  });
});
