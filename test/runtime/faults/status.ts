import { SECRET } from "../support/traces.js";
import type { Answer } from "./support/fault-server.js";
import {
  ALL,
  ANSWERS,
  AUTH,
  BODIES,
  givesUp,
  good,
  inTurn,
  recovers,
  reply,
  type Kind,
  type Row,
  type Want,
} from "./support/row.js";

const HTML = { "content-type": "text/html" };
const PROBLEM = { title: "No", detail: "not here" };

const answered = (status: number, more: object = {}): object => ({
  name: "ApiError",
  status,
  operation: { operationId: "op" },
  ...more,
});

/** No body: a stream without events, and otherwise no value. */
const nothing = (kind: Kind): Want => ({ value: kind === "events" ? [] : undefined });

/** A status that is not worth another attempt. */
const final = (status: number): Row => ({
  fault: String(status),
  kinds: ALL,
  answer: () => reply(status, '{"error":1}'),
  want: { error: answered(status, { body: { error: 1 } }) },
});

/** A status that is answered once, and then no more. */
const passing = (status: number): Row => ({
  fault: String(status),
  variant: "once",
  kinds: ALL,
  answer: ({ kind }) => inTurn(reply(status, "{}"), good(kind)),
  want: recovers(answered(status)),
});

/** A status that stays. */
const lasting = (status: number): Row => ({
  fault: String(status),
  kinds: ALL,
  answer: () => reply(status, "{}"),
  want: givesUp(answered(status)),
});

/** A `Retry-After`, and what is made of it; the client itself would wait 1 ms at most. */
const asked = (
  status: number,
  written: () => Readonly<Record<string, string>>,
  variant: string,
  delay: readonly [number, number],
): Row => ({
  fault: `${status} with Retry-After`,
  variant,
  answer:
    ({ kind }) =>
    (socket, request, count) => {
      inTurn(reply(status, "{}", written()), good(kind))(socket, request, count);
    },
  want: { value: ANSWERS.json.value, attempts: 2, delays: [delay] },
});

const retryAfter = (text: string) => () => ({ "retry-after": text });
const inMs = (delay: number): Date => new Date(Date.now() + delay);

/** What is done about a redirect. */
const redirect = (status: number): readonly Row[] => [
  {
    fault: `${status} same origin`,
    kinds: ALL,
    answer: ({ kind }) => inTurn(reply(status, "", { location: "/elsewhere?a=1" }), good(kind)),
    want: (kind) =>
      kind === "upload"
        ? { error: { name: "RedirectError", status } }
        : { value: ANSWERS[kind].value, requests: 2 },
  },
  {
    fault: `${status} cross origin`,
    kinds: ALL,
    answer: ({ foreign }) => reply(status, "", { location: `${foreign}/x?a=1` }),
    want: { error: { name: "RedirectError", status } },
  },
];

/** Gives another credential after the first one is rejected. */
const renewing = {
  client: () => ({
    auth: {
      ...AUTH,
      bearer: ({ rejected }: { readonly rejected: unknown }) =>
        rejected === undefined ? `${SECRET}-old` : `${SECRET}-new`,
    },
  }),
};

/** Lets in whoever has the new credential. */
const door: (kind: Kind) => Answer = (kind) => (socket, request, count) => {
  const isNew = request.text.includes(`Bearer ${SECRET}-new`);
  (isNew ? good(kind) : reply(401, "{}"))(socket, request, count);
};

const empty = (kind: Kind): Want =>
  kind === "text" || kind === "binary"
    ? { value: "" }
    : kind === "events"
      ? { value: [] }
      : { error: { name: "DecodeError", status: 200 } };

/** Each status, and what is done about it. */
export const STATUS: readonly Row[] = [
  {
    fault: "200 with empty body",
    kinds: ALL,
    answer: ({ kind }) => reply(200, "", typeOf(kind)),
    want: empty,
  },
  {
    fault: "200 with HTML",
    kinds: ALL,
    answer: () => reply(200, "<html>Log in to the wireless network</html>", HTML),
    want: (kind) =>
      kind === "text"
        ? { error: { name: "DecodeError", status: 200 } }
        : { error: { name: "DecodeError", status: 200 } },
  },
  {
    fault: "204 with body",
    kinds: ALL,
    answer: () => reply(204, "{}"),
    want: nothing,
  },
  { fault: "205", kinds: ALL, answer: () => reply(205), want: nothing },
  { fault: "304", kinds: ALL, answer: () => reply(304), want: { error: answered(304) } },
  {
    fault: "206",
    kinds: BODIES,
    answer: ({ kind }) => reply(206, ANSWERS[kind].body, typeOf(kind)),
    want: (kind) => ({ value: ANSWERS[kind].value }),
  },
  ...[301, 302, 303, 307, 308].map((status) => ({
    fault: "3xx without Location",
    variant: String(status),
    kinds: ALL,
    answer: () => reply(status),
    want: { error: answered(status) },
  })),
  ...[301, 302, 303, 307, 308].flatMap(redirect),
  {
    fault: "https to http",
    client: ({ foreign }) => ({
      baseUrl: "https://a.test",
      fetch: () =>
        Promise.resolve(
          new Response(null, {
            status: 302,
            headers: { location: foreign.replace(/.*:/, "http://a.test:") },
          }),
        ),
    }),
    want: { error: { name: "RedirectError", status: 302 }, requests: 0 },
  },
  {
    fault: "loop of 20",
    answer: () => reply(302, "", { location: "/x" }),
    want: { error: { name: "RedirectError", status: 302 }, requests: 6 },
  },
  {
    fault: "401 then success after token refresh",
    kinds: ALL,
    answer: ({ kind }) => door(kind),
    ...renewing,
    want: (kind) => ({ value: ANSWERS[kind].value, attempts: 2 }),
  },
  {
    fault: "401 then success after token refresh",
    variant: "that gives the same one",
    kinds: ALL,
    answer: ({ kind }) => door(kind),
    want: { error: answered(401) },
  },
  {
    fault: "401 then success after token refresh",
    variant: "but the new one is no better",
    kinds: ALL,
    answer: () => reply(401, "{}"),
    ...renewing,
    want: { error: answered(401), attempts: 2 },
  },
  ...[403, 409, 413, 422, 500, 599, 600, 999].map(final),
  {
    fault: "404 problem+json",
    kinds: ALL,
    answer: () =>
      reply(404, JSON.stringify(PROBLEM), { "content-type": "application/problem+json" }),
    want: { error: answered(404, { body: PROBLEM }) },
  },
  ...[408, 425, 429, 502, 503, 504].flatMap((status) => [passing(status), lasting(status)]),
  {
    fault: "502 HTML",
    kinds: ALL,
    answer: () => reply(502, "<html>", HTML),
    want: givesUp(answered(502, { body: "<html>" })),
  },
  asked(429, retryAfter("0"), "0", [0, 0]),
  asked(429, retryAfter("1"), "1", [1_000, 1_000]),
  asked(429, retryAfter("999999"), "999999: more than is obeyed", [0, 1]),
  asked(429, retryAfter("-1"), "-1", [0, 1]),
  asked(429, retryAfter("soon"), '"soon"', [0, 1]),
  asked(429, () => ({ "retry-after": inMs(-60_000).toUTCString() }), "a date in the past", [0, 1]),
  asked(429, () => ({ "retry-after": inMs(2_000).toUTCString() }), "a date to come", [2, 2_000]),
  asked(429, () => ({}), "missing", [0, 1]),
  asked(503, retryAfter("1"), "1", [1_000, 1_000]),
  asked(503, () => ({}), "missing", [0, 1]),
  asked(
    429,
    () => ({ "x-ratelimit-reset": String(Math.ceil(Date.now() / 1_000) + 1) }),
    "missing, but a reset in seconds since 1970",
    [2, 2_000],
  ),
  asked(
    429,
    () => ({ "x-ratelimit-reset": inMs(1_000).toISOString() }),
    "missing, but a reset as a date",
    [2, 1_000],
  ),
  asked(
    429,
    () => ({ "x-ratelimit-reset": "1" }),
    "missing, but a reset in seconds",
    [1_000, 1_000],
  ),
  {
    fault: "429 with Retry-After",
    variant: "longer than there is time",
    answer: () => reply(429, "{}", { "retry-after": 50 }),
    want: { error: answered(429) },
  },
  {
    fault: "undeclared 2xx",
    kinds: BODIES,
    answer: ({ kind }) => reply(299, ANSWERS[kind].body, typeOf(kind)),
    want: (kind) => ({ value: ANSWERS[kind].value }),
  },
  {
    fault: "undeclared 4xx",
    kinds: ALL,
    answer: () => reply(418, "short and stout", { "content-type": "text/plain" }),
    want: { error: answered(418, { body: "short and stout" }) },
  },
];

function typeOf(kind: Kind): Record<string, string> {
  return { "content-type": ANSWERS[kind].type };
}
