import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Call } from "../../templates/runtime/call.js";
import { ApiError, RedirectError } from "../../templates/runtime/errors.js";
import { json } from "../../templates/runtime/json.js";
import type { ClientOptions } from "../../templates/runtime/options.js";
import { failureOf, FORMS, TestApi } from "./support/api.js";
import { always, send, useServer } from "./support/server.js";

const server = useServer();

/** Another origin, which must get nothing. */
let foreign: Server;
let foreignUrl = "";
let foreignRequests: string[] = [];
beforeAll(async () => {
  foreign = createServer((request, response) => {
    foreignRequests.push(`${request.method} ${request.url}`);
    send(response, 200, { "content-type": "application/json" }, '"foreign"');
  });
  await new Promise<void>((resolve) => foreign.listen(0, "127.0.0.1", resolve));
  foreignUrl = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;
});
afterEach(() => (foreignRequests = []));
afterAll(() => foreign.close());

function call(own: Partial<Call> = {}, options: ClientOptions = {}) {
  const schemes = {
    key: { type: "apiKey", in: "header", name: "x-key" },
    query: { type: "apiKey", in: "query", name: "key" },
  } as const;
  const auth = { key: "s3cr3t", query: "s3cr3t" };
  return new TestApi({ baseUrl: server.url, auth, ...options }, { securitySchemes: schemes }).call(
    own,
  );
}

const SECRET = { security: [{ key: [] }] };
const STATUSES = [301, 302, 303, 307, 308];

describe("with something to lose", () => {
  const calls: readonly { what: string; own: Partial<Call>; options?: ClientOptions }[] = [
    { what: "a key in a header", own: SECRET },
    { what: "a key in the query", own: { security: [{ query: [] }] } },
    { what: "a header of its own", own: { headers: { "x-otp": "1" } } },
    { what: "a header of the client", own: {}, options: { headers: { "x-own": "1" } } },
    { what: "a body", own: { method: "POST", body: json({ password: "s3cr3t" }) } },
    { what: "a method that changes things", own: { method: "DELETE" } },
  ];
  it.each(calls.flatMap((row) => STATUSES.map((status) => ({ ...row, status }))))(
    "$what is not taken to another origin ($status)",
    async ({ own, options, status }) => {
      server.answer(always(status, { location: `${foreignUrl}/steal?s3cr3t` }));
      const error = (await failureOf(call(own, options))) as RedirectError;
      expect(error).toBeInstanceOf(RedirectError);
      expect(error).toMatchObject({ name: "RedirectError", status, origin: foreignUrl });
      expect(error.message).toContain(`was redirected to ${foreignUrl}, which is not followed`);
      expect(JSON.stringify(error) + String(error)).not.toContain("s3cr3t");
      expect(foreignRequests).toEqual([]);
      expect(server.requests).toHaveLength(1);
    },
  );

  it.each(FORMS)("$form rejects", async ({ view }) => {
    server.answer(always(302, { location: foreignUrl }));
    expect(await failureOf(view(call(SECRET)))).toBeInstanceOf(RedirectError);
  });

  it.each(STATUSES)("GET is taken along on the same origin (%i)", async (status) => {
    server.answer(({ url }, response) => {
      if (url === "/x?a=1") send(response, status, { location: "/y/../z?b=2" });
      else send(response, 200, {}, JSON.stringify(url));
    });
    expect(await call({ ...SECRET, query: { a: 1 } })).toBe("/z?b=2");
    expect(server.requests.map(({ headers }) => headers["x-key"])).toEqual(["s3cr3t", "s3cr3t"]);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])(
    "%s is not repeated, even on the same origin",
    async (method) => {
      server.answer(always(307, { location: "/y" }));
      const error = await failureOf(call({ ...SECRET, method, body: json(1) }));
      expect(error).toMatchObject({ name: "RedirectError", origin: server.url });
      expect(server.requests).toHaveLength(1);
    },
  );

  it("same origin first, then another", async () => {
    server.answer(({ url }, response) => {
      send(response, 302, { location: url === "/x" ? "/y" : foreignUrl });
    });
    expect(await failureOf(call(SECRET))).toBeInstanceOf(RedirectError);
    expect(server.requests).toHaveLength(2);
    expect(foreignRequests).toEqual([]);
  });

  it("five are followed, not six", async () => {
    const redirects = (count: number) => {
      let left = count;
      server.answer((_request, response) => {
        left -= 1;
        if (left >= 0) send(response, 302, { location: `/${left}` });
        else send(response, 200, {}, "1");
      });
      return call(SECRET);
    };
    expect(await redirects(5)).toBe(1);
    expect(await failureOf(redirects(6))).toBeInstanceOf(RedirectError);
    expect(server.requests).toHaveLength(12);
  });

  it.each([
    { what: "no URL", location: "http://[", origin: undefined },
    { what: "another scheme", location: "javascript:alert(1)", origin: "null" },
    {
      what: "https of the same host",
      location: "https://127.0.0.1/x",
      origin: "https://127.0.0.1",
    },
    { what: "another host, no scheme", location: "//evil.test/x", origin: "http://evil.test" },
  ])("$what", async ({ location, origin }) => {
    server.answer(always(302, { location }));
    expect(await failureOf(call(SECRET))).toMatchObject({ name: "RedirectError", origin });
  });

  it.each([308, 302, 304, 300])("%i without Location is an answer", async (status) => {
    server.answer(always(status, { range: "bytes=0-1" }));
    const error = (await failureOf(call({ ...SECRET, method: "PUT" }))) as ApiError;
    expect(error).toBeInstanceOf(ApiError);
    expect(error.headers.get("range")).toBe("bytes=0-1");
  });

  it("201 with Location is an answer", async () => {
    server.answer(always(201, { location: foreignUrl }, '"made"'));
    expect(await call({ ...SECRET, method: "POST" })).toBe("made");
  });

  it("a redirect that the browser hides", async () => {
    const hidden = { type: "opaqueredirect", status: 0, headers: new Headers(), body: null };
    const fetch = async () => Promise.resolve(hidden as unknown as Response);
    expect(await failureOf(call(SECRET, { fetch }))).toMatchObject({
      name: "RedirectError",
      status: 0,
      origin: undefined,
      message: "op: GET /x was redirected to a hidden place, which is not followed",
    });
  });
});

describe("with nothing to lose", () => {
  it.each(STATUSES)("the platform follows anywhere (%i)", async (status) => {
    server.answer(always(status, { location: `${foreignUrl}/y` }));
    expect(await call()).toBe("foreign");
    expect(foreignRequests).toEqual(["GET /y"]);
  });
});
