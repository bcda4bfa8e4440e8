import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../templates/runtime/errors.js";
import { json } from "../../templates/runtime/json.js";
import { failureOf, TestApi } from "./support/api.js";
import { useServer } from "./support/server.js";
import { cookies, inCookie } from "../../templates/runtime/cookies.js";

const server = useServer();

describe("which header wins", () => {
  it("the call's options over the operation over the client", async () => {
    const headers = { "X-A": "client", "x-b": "client", "x-c": "client", accept: "client/x" };
    const api = new TestApi({ baseUrl: server.url, headers });
    await api.call(
      { headers: { "x-b": "operation", "X-C": "operation", "x-d": 1 } },
      { headers: { "x-C": "call", "x-e": undefined } },
    );
    expect(server.request.headers).toMatchObject({
      "x-a": "client",
      "x-b": "operation",
      "x-c": "call",
      "x-d": "1",
      accept: "client/x",
    });
    expect(server.request.headers).not.toHaveProperty("x-e");
  });

  it("the call may name another media type", async () => {
    const api = new TestApi({ baseUrl: server.url });
    await api.call(
      { method: "POST", body: json([]) },
      { headers: { "Content-Type": "application/x" } },
    );
    expect(server.request.headers["content-type"]).toBe("application/x");
  });

  it.each([
    { what: "the call's", call: { cookie: "own=1" }, sent: "own=1; b=2; sid=k" },
    { what: "several", call: { Cookie: "own=1; x=y" }, sent: "own=1; x=y; b=2; sid=k" },
    { what: "the client's", client: { cookie: "all=1" }, sent: "all=1; b=2; sid=k" },
    { what: "an empty one", call: { cookie: "" }, sent: "b=2; sid=k" },
    { what: "none", sent: "b=2; sid=k" },
  ])("cookies come together: $what", async ({ call, client, sent }) => {
    const api = new TestApi(
      { baseUrl: server.url, auth: { key: "k" }, headers: client },
      { securitySchemes: { key: { type: "apiKey", in: inCookie, name: "sid" } } },
    );
    await api.call({ cookies: cookies({ b: 2 }), security: [{ key: [] }] }, { headers: call });
    expect(server.request.headers["cookie"]).toBe(sent);
  });

  it("without options only accept is ours", async () => {
    await new TestApi({ baseUrl: server.url }).call();
    const ours = server.request.rawHeaders.filter((_text, index) => index % 2 === 0);
    expect(ours.map((name) => name.toLowerCase()).sort()).toEqual([
      "accept",
      "accept-encoding",
      "accept-language",
      "connection",
      "host",
      "sec-fetch-mode",
      "user-agent",
    ]);
  });
});

describe("injection", () => {
  const bad = [
    "s3cr3t\r\nX-Evil: 1",
    "s3cr3t\n",
    "s3cr3t\r",
    "s3cr3t\0",
    "s3cr3t\u007f",
    "s3cr3t€",
    "s3cr3t\u2028",
  ];
  const names = ["", "a b", "a:b", "a\r\nb", "é", "a(b)"];
  const rows = [
    ...bad.map((value) => ({ name: "x-a", value })),
    ...names.map((name) => ({ name, value: "s3cr3t" })),
  ];
  it.each(rows)("%j", async ({ name, value }) => {
    for (const attempt of [
      () => new TestApi({ baseUrl: server.url }).call({ headers: { [name]: value } }),
      () => new TestApi({ baseUrl: server.url }).call({}, { headers: { [name]: value } }),
      () => new TestApi({ baseUrl: server.url, headers: { [name]: value } }).call(),
    ]) {
      const error = await failureOf(attempt());
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toContain(`the header ${JSON.stringify(name)}`);
      expect(String(error)).not.toContain("s3cr3t");
    }
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    { what: "accept", call: { accept: "s3cr3t\n" } },
    { what: "content-type", call: { method: "POST", body: json(1, "s3cr3t\n") } },
    { what: "cookie", call: { cookies: cookies({ "a\nb": 1, c: "s3cr3t" }) } },
  ])("$what", async ({ what, call }) => {
    if (what === "cookie") {
      // Names and values are percent-encoded.
      await new TestApi({ baseUrl: server.url }).call(call);
      expect(server.request.headers["cookie"]).toBe("a%0Ab=1; c=s3cr3t");
      return;
    }
    const error = await failureOf(new TestApi({ baseUrl: server.url }).call(call));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain(what);
    expect(String(error)).not.toContain("s3cr3t");
  });
});
