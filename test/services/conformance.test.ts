import { describe, expect, it } from "vitest";
import { MissingCredentialsError } from "../../generated/mastodon/index.js";
import type { ApiPromise } from "../../generated/peertube/index.js";
import { always, useServer, type RecordedRequest } from "../runtime/support/server.js";
import { answersOf, comparable } from "./support/answers.js";
import { argumentsFor, expectedBody } from "./support/arguments.js";
import { authFor, callMethod, CREDENTIALS, SERVICES } from "./support/calls.js";
import { readDocument, type Operation, type Security } from "./support/document.js";
import { fits, readRequest } from "./support/read-request.js";

/*
 * Every operation of every client, called with arguments made from its document, against a server that reads the
 * request and makes the answers by the same document.
 */

const server = useServer();

/** A result, as far as all operations have the same. */
interface AnyResult {
  readonly ok: boolean;
  readonly status: number;
  readonly data?: unknown;
  readonly error?: { readonly body: unknown; readonly status: number };
}

describe.each(SERVICES)("$service", ({ service, create }) => {
  const document = readDocument(service);

  it("has operations", () => {
    expect(document.operations.length).toBeGreaterThan(50);
  });

  describe.each(document.operations)("$operationId", (operation) => {
    const isPage = Object.keys(operation.responses["200"]?.content ?? {}).includes("text/html");
    const [first = {}] = operation.security;

    it("sends what the document describes", async () => {
      const bodyTypes = Object.keys(operation.body?.content ?? {});
      const samples = [
        argumentsFor(operation, document, false),
        ...[undefined, ...bodyTypes].map((type) => argumentsFor(operation, document, true, type)),
      ];
      for (const { params, parameters, body, bodyType } of samples) {
        await send(first, params);
        const read = readRequest(lastRequest(), operation, document, QUERY_KEYS);
        const media = operation.body?.content[bodyType ?? ""];
        expect(read).toEqual({
          parameters: { ...keysOf(operation), ...parameters },
          body: expectedBody(await comparable(body), bodyType, media),
          problems: [],
        });
      }
    });

    it.skipIf(isPage)("gives back what the server answers", async () => {
      const { params } = argumentsFor(operation, document, false);
      const answers = answersOf(operation, document);
      const types = new Set(answers.filter(isSuccess).map(({ mediaType }) => mediaType));
      for (const { status, mediaType, headers, body, value } of answers) {
        server.answer(always(status, headers, body));
        const accept = isSuccess({ status }) && types.size > 1 ? { accept: mediaType } : {};
        const start = (): ApiPromise<never> =>
          call(first, { ...params, ...accept }) as ApiPromise<never>;
        const result = (await start().result()) as AnyResult;
        expect({ ok: result.ok, status: result.status }).toEqual({
          ok: isSuccess({ status }),
          status,
        });
        if (result.ok) {
          expect(await comparable(result.data)).toEqual(value);
          expect(await comparable(await start())).toEqual(value);
          const whole = await start().withResponse();
          expect(await comparable(whole.data)).toEqual(value);
          expect(whole.status).toBe(status);
          const accepted = String(lastRequest().headers["accept"]).split(", ");
          expect(accepted.some((one: string) => fits(mediaType ?? one, one))).toBe(true);
        } else {
          expect(await comparable(result.error?.body)).toEqual(value);
          await expect(start()).rejects.toMatchObject({ name: "ApiError", status });
        }
      }
    });

    it.skipIf(isPage)("presents the credentials that the document asks for", async () => {
      const { params } = argumentsFor(operation, document, false);
      const alternatives = operation.security.length === 0 ? [{}] : operation.security;
      for (const alternative of alternatives) {
        await send(alternative, params);
        expect(credentialsOf(lastRequest())).toEqual(sentFor(alternative));
      }
      const needed = alternatives.filter((one) => Object.keys(one).length > 0);
      if (needed.length === alternatives.length) {
        const failure = call({}, params) as ApiPromise<never>;
        await expect(failure).rejects.toThrow(MissingCredentialsError);
        await expect(failure).rejects.toMatchObject({ alternatives: needed });
      }
      // All at once: the first one wins, except that having one wins over having none.
      const [winner = {}] = needed;
      await send(Object.assign({}, ...needed) as Security, params);
      expect(credentialsOf(lastRequest())).toEqual(sentFor(winner));
    });

    function call(schemes: Security, params: object): unknown {
      const client = create({ baseUrl: server.url, auth: authFor(schemes), retry: 0 });
      return callMethod(client, operation, params);
    }

    /** Calls the method, or visits the page, and reads no more than the status. */
    async function send(schemes: Security, params: object): Promise<void> {
      const started = call(schemes, params);
      const response =
        started instanceof URL
          ? await fetch(started, { redirect: "manual" })
          : await (started as ApiPromise<never>).asResponse();
      await response.arrayBuffer();
    }
  });
});

function lastRequest(): RecordedRequest {
  const request = server.requests.at(-1);
  if (request === undefined) throw new Error("no request");
  return request;
}

function isSuccess({ status }: { readonly status: number }): boolean {
  return status >= 200 && status < 300;
}

const QUERY_KEYS = Object.values(CREDENTIALS)
  .filter(({ place }) => place.startsWith("?"))
  .map(({ place }) => place.slice(1));

function sentFor(alternative: Security): Record<string, string> {
  const names = Object.keys(alternative);
  return Object.fromEntries(
    names.map((name) => [CREDENTIALS[name]?.place ?? name, CREDENTIALS[name]?.sent ?? ""]),
  );
}

/** All that looks like a credential in a request. */
/** The headers that have a value even if the caller gives none. */
function keysOf({ parameters }: Operation): Record<string, unknown> {
  const keys = parameters.filter(({ name }) => name === "Idempotency-Key");
  return Object.fromEntries(keys.map(({ name }) => [name, expect.stringMatching(KEY)]));
}

const KEY = /^[0-9a-f]{32}$/;

function credentialsOf({ headers, url }: RecordedRequest): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { place } of Object.values(CREDENTIALS)) {
    const inQuery = new RegExp(`[?&]${place.slice(1)}=([^&]*)`).exec(url)?.[1];
    const value = place.startsWith("?") ? inQuery : headers[place];
    if (typeof value === "string") {
      found[place] = place === "authorization" ? Buffer.from(value, "latin1").toString() : value;
    }
  }
  return found;
}
