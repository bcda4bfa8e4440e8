import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { Call } from "../../templates/runtime/call.js";
import type { ApiErrorWith, DecodeError } from "../../templates/runtime/errors.js";
import { ClientError } from "../../templates/runtime/errors.js";
import { form } from "../../templates/runtime/form.js";
import type { CallOptions, ClientOptions, Fetch } from "../../templates/runtime/options.js";
import { failureOf, TestApi } from "./support/api.js";
import { useServer, type Handler } from "./support/server.js";
import { SECRET, traces } from "./support/traces.js";
import { cookies, inCookie } from "../../templates/runtime/cookies.js";

const server = useServer();
const AUTH = { bearer: SECRET, key: SECRET, query: SECRET, cookie: SECRET };

/** A call with the secret in every place that a call has. */
const CALL: Partial<Call> = {
  method: "POST",
  path: "/x/{id}",
  pathParams: { id: SECRET },
  query: { token: SECRET },
  headers: { "x-otp": SECRET },
  cookies: cookies({ sid: SECRET }),
  body: form({ password: SECRET }),
  security: [{ bearer: [], key: [], query: [], cookie: [] }],
};

function call(own: Partial<Call>, options?: CallOptions, client?: ClientOptions) {
  return new TestApi(
    { baseUrl: server.url, auth: AUTH, headers: { "x-own": SECRET }, ...client },
    {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        key: { type: "apiKey", in: "header", name: "x-key" },
        query: { type: "apiKey", in: "query", name: "key" },
        cookie: { type: "apiKey", in: inCookie, name: "auth" },
      },
    },
  ).call({ ...CALL, ...own }, options);
}

/** A server that says back all it was told. */
const echo =
  (status: number, type = "text/plain"): Handler =>
  ({ url, headers, body }, response) => {
    const all = { url, headers, body: body.toString() };
    response.writeHead(status, { "content-type": type, "x-echo": SECRET, "set-cookie": SECRET });
    response.end(JSON.stringify(all).slice(0, -1));
  };

/** As Deno, Bun and node-fetch: the whole URL in the message or in a property. */
const talkative: Fetch = async (url) =>
  Promise.reject(
    Object.assign(
      new TypeError(`error sending request for url (${url})`, {
        cause: Object.assign(new Error(`Was there a typo in "${url}"?`), {
          code: "ConnectionRefused",
          path: url,
        }),
      }),
      { input: url },
    ),
  );

describe("a secret is nowhere in an error", () => {
  it.each<{
    name: string;
    own?: Partial<Call>;
    options?: CallOptions;
    client?: ClientOptions;
    answer?: Handler;
  }>([
    { name: "ApiError", answer: echo(401) },
    { name: "ApiError", answer: echo(500, "application/json") },
    { name: "ApiError", answer: echo(500, "image/png") },
    { name: "ConnectionError", client: { baseUrl: "http://127.0.0.1:2" } },
    { name: "ConnectionError", client: { baseUrl: "http://127.0.0.1:6000" } },
    { name: "ConnectionError", client: { fetch: talkative } },
    { name: "TimeoutError", options: { timeout: 20 }, answer: () => undefined },
    { name: "DecodeError", answer: echo(200, "application/json") },
    { name: "DecodeError", answer: echo(200, "text/html") },
    { name: "MissingCredentialsError", own: { security: [{ bearer: [], none: [] }] } },
    {
      name: "RedirectError",
      answer: ({ url }, response) =>
        void response.writeHead(302, { location: `http://evil.test${url}` }).end(),
    },
    { name: "ConfigurationError", own: { query: { token: { a: { b: SECRET } } } } },
    { name: "ConfigurationError", own: { pathParams: { id: { a: { b: SECRET } } } } },
    { name: "ConfigurationError", own: { headers: { a: `${SECRET}\n` } } },
    { name: "ConfigurationError", options: { auth: { bearer: `${SECRET}\n\n` } } },
    { name: "ConfigurationError", options: { auth: { key: `${SECRET}\u2028` } } },
    { name: "ConfigurationError", options: { baseUrl: `https://a:${SECRET}@b.test` } },
    { name: "ConfigurationError", options: { baseUrl: `https://b.test?${SECRET}` } },
    { name: "ConfigurationError", options: { baseUrl: `http//${SECRET}` } },
    { name: "ConfigurationError", own: { server: "https://other.test" } },
    { name: "ConfigurationError", own: { method: "GET" } },
  ])("$name (%#)", async ({ name, own = {}, options, client, answer }) => {
    if (answer !== undefined) server.answer(answer);
    for (const form of ["plain", "result"] as const) {
      const promise = call(own, options, client);
      const thrown =
        form === "plain" ? failureOf(promise) : promise.result().catch((error: unknown) => error);
      const outcome = await thrown;
      const error =
        outcome instanceof ClientError ? outcome : (outcome as { error: unknown }).error;
      expect(error).toBeInstanceOf(ClientError);
      expect(error).toMatchObject({ name });
      expect(traces(error)).not.toContain(SECRET);
      expect(traces(error)).toContain("op: ");
    }
  });

  it("but what was answered can be asked for", async () => {
    server.answer(echo(422));
    const apiError = (await failureOf(call({}))) as ApiErrorWith<number, string>;
    expect(apiError.body).toContain(SECRET);
    expect(apiError.headers.get("x-echo")).toBe(SECRET);
    expect(apiError.response.status).toBe(422);
    server.answer(echo(200, "application/json"));
    expect(((await failureOf(call({}))) as DecodeError).text).toContain(SECRET);
  });
});

describe("what an error shows", () => {
  it("in JSON", async () => {
    server.answer(
      (_request, response) => void response.writeHead(404, { "x-request-id": "r" }).end(),
    );
    expect(JSON.parse(JSON.stringify(await failureOf(call({}))))).toEqual({
      name: "ApiError",
      message: "op: POST /x/{id} answered 404",
      status: 404,
      requestId: "r",
      operation: { service: "Test", operationId: "op", method: "POST", path: "/x/{id}" },
    });
  });

  it("printed", async () => {
    server.answer((_request, response) => void response.writeHead(404).end());
    const error = (await failureOf(call({}))) as Error;
    expect(error.stack).toMatch(/^ApiError: op: POST \/x\/\{id\} answered 404\n/);
    expect(inspect(error)).toMatch(/^ApiError: op: POST/);
    expect(inspect(error)).toContain("status: 404");
  });

  it("the cause, without URLs", async () => {
    const error = (await failureOf(call({}, {}, { fetch: talkative }))) as Error & { code: string };
    expect(error.message).toBe("op: POST /x/{id} got no complete answer (ConnectionRefused)");
    expect(error.cause).toMatchObject({
      name: "TypeError",
      message: "error sending request for url ((url)",
    });
  });

  it("a cause that goes in circles", async () => {
    const cause = new Error("around");
    cause.cause = cause;
    const fetch = async () => Promise.reject(cause);
    expect(await failureOf(call({}, {}, { fetch }))).toMatchObject({ name: "ConnectionError" });
  });

  it.each<{ thrown: unknown }>([
    { thrown: undefined },
    { thrown: null },
    { thrown: "text" },
    { thrown: { message: "x" } },
  ])("a fetch that throws $thrown", async ({ thrown }) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a foreign fetch may do so
    const fetch = async () => Promise.reject(thrown);
    expect(await failureOf(call({}, {}, { fetch }))).toMatchObject({
      name: "ConnectionError",
      cause: undefined,
    });
  });
});
