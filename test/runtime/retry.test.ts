import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Call } from "../../templates/runtime/call.js";
import {
  ApiError,
  ConnectionError,
  DecodeError,
  TimeoutError,
  type Operation,
} from "../../templates/runtime/errors.js";
import {
  delayBefore,
  type Attempt,
  type RetryEvent,
  type RetryOptions,
} from "../../templates/runtime/retry.js";

const OPERATION: Operation = { service: "Test", operationId: "op", method: "GET", path: "/x" };
const CALL: Call = { operationId: "op", method: "GET", path: "/x", security: [] };
const LOST = new ConnectionError(OPERATION, new Error("reset"));
const NOW = Date.UTC(2026, 10, 22, 12);

type Settings = readonly (number | RetryOptions | undefined)[];

/** How long the wait is after one attempt; the options are the client's, then the call's own. */
function delay(
  call: Partial<Call>,
  settings: Settings,
  { attempt = 1, left = () => Infinity, error, response }: Partial<Attempt> = {},
): number | undefined {
  const failure = response === undefined ? { error: error ?? LOST } : { error: undefined };
  const ended = { operation: OPERATION, attempt, left, response, ...failure };
  return delayBefore({ ...CALL, ...call }, settings, ended);
}

/** How long the waits are of a call whose attempts all fail. */
function delays(settings: Settings): readonly (number | undefined)[] {
  const found = Array.from({ length: 9 }, (_, index) =>
    delay({}, settings, { attempt: index + 1 }),
  );
  return found.slice(0, found.indexOf(undefined));
}

/** How long the wait is after an answer. */
function delayAfter(
  status: number,
  headers: Record<string, string> = {},
  options: RetryOptions = {},
  left = Infinity,
): number | undefined {
  const response = new Response(null, { status, headers });
  return delay({}, [options], { left: () => left, response });
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("how often", () => {
  it.each<{ what: string; settings: Settings; limit: number }>([
    { what: "nothing said", settings: [undefined, undefined], limit: 2 },
    { what: "the client says it", settings: [5, undefined], limit: 5 },
    { what: "the call says it", settings: [undefined, 4], limit: 4 },
    { what: "the call overrides the client", settings: [5, 1], limit: 1 },
    { what: "never", settings: [5, 0], limit: 0 },
    { what: "the call changes something else", settings: [5, { baseDelay: 1 }], limit: 5 },
    { what: "the client says more", settings: [{ limit: 3, baseDelay: 1 }, undefined], limit: 3 },
  ])("$what", ({ settings, limit }) => {
    expect(delays(settings)).toHaveLength(limit);
  });
});

describe("what", () => {
  const methods = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST", "PATCH", "TRACE"];
  const safe = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"];
  const once = { once: true, encode: () => "" };

  it.each(methods)("%s", (method) => {
    const isRepeated = (own: Partial<Call>): boolean => delay({ method, ...own }, []) !== undefined;
    expect(isRepeated({})).toBe(safe.includes(method));
    expect(isRepeated({ idempotent: true })).toBe(true);
    expect(isRepeated({ idempotent: false })).toBe(false);
    expect(isRepeated({ idempotent: true, body: once })).toBe(false);
    expect(isRepeated({ idempotent: true, body: { encode: () => "" } })).toBe(true);
  });

  it("whatever the options say", () => {
    expect(delay({ method: "POST" }, [5, { limit: 9 }])).toBeUndefined();
    expect(delay({ body: once }, [5, 5])).toBeUndefined();
  });
});

describe("why", () => {
  it.each([408, 425, 429, 502, 503, 504])("%i", (status) => {
    expect(delayAfter(status)).toBeDefined();
  });

  it.each([200, 204, 304, 400, 401, 403, 404, 409, 413, 422, 500, 501, 505, 599, 999])(
    "not %i",
    (status) => {
      // A `Response` cannot be made with all of them.
      const response = { status, headers: new Headers() } as Response;
      expect(delay({}, [], { response })).toBeUndefined();
    },
  );

  const response = new Response(null, { status: 503 });
  it.each([
    { error: LOST, isRepeated: true },
    { error: new TimeoutError(OPERATION, 1), isRepeated: true },
    { error: new ApiError(OPERATION, response, undefined), isRepeated: false },
    { error: new DecodeError(OPERATION, response, "is not JSON"), isRepeated: false },
    { error: new TypeError("a bug"), isRepeated: false },
    { error: "text", isRepeated: false },
  ])("$error", ({ error, isRepeated }) => {
    expect(delay({}, [], { error }) !== undefined).toBe(isRepeated);
  });
});

describe("how long", () => {
  it("doubles, up to a limit", () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    expect(delays([7])).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
    expect(delays([{ limit: 4, baseDelay: 10, maxDelay: 25 }])).toEqual([10, 20, 25, 25]);
  });

  it.each([0, 0.25, 0.999])("is anything from nothing to all of it: %d", (random) => {
    vi.spyOn(Math, "random").mockReturnValue(random);
    expect(delays([])).toEqual([500 * random, 1000 * random]);
  });

  it("is nothing that there is no time for", () => {
    expect(delay({}, [], { left: () => 251 })).toBe(250);
    expect(delay({}, [], { left: () => 250 })).toBeUndefined();
    expect(delayAfter(503, { "retry-after": "10" }, {}, 10_001)).toBe(10_000);
    expect(delayAfter(503, { "retry-after": "10" }, {}, 10_000)).toBeUndefined();
  });
});

describe("what the service asks for", () => {
  /** The wait if it asked for nothing. */
  const OWN = 250;
  const date = (delay: number): string => new Date(NOW + delay).toUTCString();

  it.each<{ what: string; header: string; delay: number; options?: RetryOptions }>([
    { what: "at once", header: "0", delay: 0 },
    { what: "seconds", header: "7", delay: 7_000 },
    { what: "as long as is obeyed", header: "60", delay: 60_000 },
    { what: "longer", header: "61", delay: OWN },
    { what: "much longer", header: "999999", delay: OWN },
    {
      what: "longer, which is allowed",
      header: "90",
      delay: 90_000,
      options: { maxRetryAfter: 1e5 },
    },
    {
      what: "shorter, which is not allowed",
      header: "7",
      delay: OWN,
      options: { maxRetryAfter: 1 },
    },
    { what: "a negative number", header: "-1", delay: OWN },
    { what: "a fraction", header: "1.5", delay: OWN },
    { what: "a word", header: "soon", delay: OWN },
    { what: "nothing", header: "", delay: OWN },
    { what: "a number without end", header: "9".repeat(400), delay: OWN },
    { what: "a date", header: date(9_000), delay: 9_000 },
    { what: "now", header: date(0), delay: 0 },
    { what: "a date in the past", header: date(-9_000), delay: OWN },
    { what: "a date far away", header: date(61_000), delay: OWN },
    { what: "a date of RFC 850", header: "Sunday, 22-Nov-26 12:00:09 GMT", delay: 9_000 },
  ])("$what: $header", ({ header, delay: wanted, options }) => {
    expect(delayAfter(503, { "retry-after": header }, options)).toBe(wanted);
  });

  it.each([
    { header: String(NOW / 1_000 + 9), delay: 9_000 },
    { header: new Date(NOW + 9_000).toISOString(), delay: 9_000 },
    { header: "9", delay: 9_000 },
    { header: String(NOW / 1_000 - 9), delay: OWN },
  ])("the end of a rate limit: $header", ({ header, delay: wanted }) => {
    const headers = { "x-ratelimit-reset": header };
    expect(delayAfter(429, headers)).toBe(wanted);
    expect(delayAfter(503, headers)).toBe(OWN);
    expect(delayAfter(429, { ...headers, "retry-after": "3" })).toBe(3_000);
  });
});

describe("what is told", () => {
  it("before each wait, and not before there is none", () => {
    const events: RetryEvent[] = [];
    const settings = [{ onRetry: (event: RetryEvent) => events.push(event) }];
    delay({}, settings);
    delay({}, settings, { attempt: 2, response: new Response(null, { status: 503 }) });
    delay({}, settings, { attempt: 3 });
    expect(events).toEqual([
      { operation: OPERATION, attempt: 1, delay: 250, status: undefined, error: LOST },
      { operation: OPERATION, attempt: 2, delay: 500, status: 503, error: undefined },
    ]);
  });
});
