import type { ServerResponse } from "node:http";
import { expect } from "vitest";
import { send, type RecordedRequest, type TestServer } from "../../runtime/support/server.js";

/** A request, every byte of it that the client decides. */
export interface Seen {
  /** Method and target. */
  readonly line: string;
  /** All headers but those of the platform. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body?: string;
}

/** A request that is expected, and what it is answered with. */
export interface Step {
  readonly expect: Seen;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text or bytes as they are; anything else as JSON. */
  readonly answer?: unknown;
}

/** Headers that `fetch` and the connection add. */
const PLATFORM = [
  "accept-encoding",
  "accept-language",
  "connection",
  "content-length",
  "host",
  "sec-fetch-mode",
  "transfer-encoding",
  "user-agent",
];

/**
 * Makes the server answer requests in a row.
 *
 * @returns what compares the requests that came with those that were to come; to be called at the end.
 */
export function play(server: TestServer, steps: readonly Step[]): () => void {
  let next = 0;
  server.answer((request, response) => {
    const step = steps[next];
    next += 1;
    if (step === undefined) send(response, 500, {}, `unexpected: ${request.method} ${request.url}`);
    else reply(response, step);
  });
  return () => {
    expect(server.requests.map(seen)).toEqual(steps.map((step) => step.expect));
  };
}

function reply(response: ServerResponse, { status = 200, headers = {}, answer }: Step): void {
  if (answer === undefined) {
    send(response, status, headers);
  } else if (typeof answer === "string" || answer instanceof Uint8Array) {
    send(response, status, headers, answer);
  } else {
    const type = { "content-type": "application/json; charset=utf-8" };
    send(response, status, { ...type, ...headers }, JSON.stringify(answer));
  }
}

/** What there is to see of a request. */
export function seen({ method, url, headers, body }: RecordedRequest): Seen {
  const own = Object.entries(headers).filter(([name]) => !PLATFORM.includes(name));
  return {
    line: `${method} ${url}`,
    headers: Object.fromEntries(own),
    ...(body.length === 0 ? {} : { body: body.toString() }),
  };
}

export const JSON_ACCEPTED = { accept: "application/json" };
