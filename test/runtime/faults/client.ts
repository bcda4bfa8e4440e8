import { asNothing } from "../../../templates/runtime/as-nothing.js";
import type { Call } from "../../../templates/runtime/call.js";
import { json } from "../../../templates/runtime/json.js";
import type { CallOptions, ClientOptions, Fetch } from "../../../templates/runtime/options.js";
import { SECRET } from "../support/traces.js";
import type { Answer } from "./support/fault-server.js";
import {
  ALL,
  ANSWERS,
  AUTH,
  good,
  goodHead,
  inTurn,
  REASON,
  reply,
  such,
  type Kind,
  type Place,
  type Row,
  type Answers,
  type Want,
} from "./support/row.js";

const REFUSED = { name: "ConfigurationError" };
const LATE = { name: "TimeoutError", timeout: 300 };

const value = (kind: Kind): Want => ({ value: ANSWERS[kind].value });

/** Nothing is sent, nor tried. */
const unsent = (error: object): Want => ({ error, attempts: 0 });

const aborting =
  (place: Place, then: Answers = () => () => undefined): Answer =>
  (socket, request, count) => {
    then(place)(socket, request, count);
    setTimeout(() => {
      place.controller.abort(REASON);
    }, 20);
  };

const token = (credential: unknown) => (): ClientOptions => ({
  auth: { ...AUTH, bearer: credential },
});

/** A body that can be read once. */
const once = (): Partial<Call> => ({
  method: "PUT",
  body: { contentType: "text/plain", once: true, encode: () => new Blob([SECRET]).stream() },
});

/** What the caller does, or what the caller's own functions do. */
export const CLIENT: readonly Row[] = [
  {
    fault: "abort before call",
    kinds: ALL,
    options: ({ controller }: Place): CallOptions => {
      controller.abort(REASON);
      return {};
    },
    want: unsent(REASON),
  },
  { fault: "abort during head", kinds: ALL, answer: aborting, want: { error: REASON } },
  {
    fault: "abort during body",
    kinds: ALL,
    answer: (place) =>
      aborting(
        place,
        ({ kind }) =>
          (socket) =>
            void socket.write(goodHead(kind, { "content-length": 10 })),
      ),
    want: { error: REASON },
  },
  {
    fault: "abort during the wait for another attempt",
    kinds: ["json", "text", "binary", "events"],
    answer: (place) => aborting(place, () => reply(503, "{}", { "retry-after": 5 })),
    want: { error: REASON, delays: [[5_000, 5_000]] },
  },
  {
    fault: "abort while a credential is asked for",
    kinds: ALL,
    client: ({ controller }) => ({
      auth: {
        ...AUTH,
        bearer: () =>
          new Promise(() => {
            controller.abort(REASON);
          }),
      },
    }),
    want: unsent(REASON),
  },
  {
    fault: "abort after end",
    kinds: ALL,
    answer: (place) => aborting(place, ({ kind }) => good(kind)),
    want: value,
  },
  {
    fault: "timeout in each phase",
    variant: "while a credential is asked for",
    kinds: ALL,
    client: () => ({ timeout: 300, auth: { ...AUTH, bearer: () => new Promise(() => undefined) } }),
    want: unsent(LATE),
  },
  {
    fault: "timeout in each phase",
    variant: "in a middleware",
    kinds: ALL,
    options: () => ({ timeout: 300, middleware: [() => new Promise(() => undefined)] }),
    want: { error: LATE, requests: 0 },
  },
  {
    fault: "timeout in each phase",
    variant: "in a fetch that knows no signals",
    kinds: ALL,
    client: () => ({ timeout: 300, fetch: () => new Promise(() => undefined) }),
    want: { error: LATE, requests: 0 },
  },
  {
    fault: "timeout in each phase",
    variant: "over all attempts",
    answer: () => (socket, request, count) =>
      void setTimeout(() => {
        reply(503, "{}")(socket, request, count);
      }, 20),
    client: () => ({ timeout: 300, retry: { limit: 1_000, baseDelay: 0 } }),
    want: {
      // An answer that comes at the very end of the time is known, and there is none left to try again.
      error: such(
        ({ name, status }: Error & { readonly status?: number }) =>
          name === "TimeoutError" || status === 503,
      ) as object,
      attempts: such((count: number) => count > 1) as number,
      requests: such(() => true) as number,
    },
  },
  {
    fault: "already-used body on retry",
    variant: "is not sent again",
    kinds: ["upload"],
    answer: () => reply(503, "{}"),
    call: once(),
    want: { error: { name: "ApiError", status: 503 } },
  },
  {
    fault: "already-used body on retry",
    variant: "nor after a rejected credential",
    kinds: ["upload"],
    answer: () => reply(401, "{}"),
    client: token(({ rejected }: { rejected: unknown }) => `${SECRET}${rejected ? 1 : 0}`),
    call: once(),
    want: { error: { name: "ApiError", status: 401 } },
  },
  {
    fault: "already-used body on retry",
    variant: "but one that is made anew is",
    kinds: ["upload"],
    answer: ({ kind }) => inTurn(reply(503, "{}"), good(kind)),
    call: { method: "PUT", body: json({ password: SECRET }) },
    want: { value: { ok: true }, attempts: 2 },
  },
  {
    fault: "stream body with 307",
    kinds: ["upload"],
    answer: () => reply(307, "", { location: "/elsewhere" }),
    call: once(),
    want: { error: { name: "RedirectError", status: 307 } },
  },
  ...(
    [
      [
        "throws",
        () => {
          throw REASON;
        },
      ],
      ["rejects", () => Promise.reject(REASON)],
    ] as const
  ).map(([what, credential]) => ({
    fault: `token function ${what}`,
    kinds: ALL,
    client: token(credential),
    want: unsent(REASON),
  })),
  ...(
    [
      ['token function returns ""', ""],
      ["token function returns two lines", `${SECRET}\n${SECRET}`],
      ["token function returns non-latin1", `${SECRET}\u2028`],
      ["token function returns an object", { token: SECRET }],
    ] as const
  ).map(([fault, given]) => ({
    fault,
    kinds: ALL,
    client: token(() => given),
    want: unsent(REFUSED),
  })),
  {
    fault: "token function returns newline",
    variant: "at its end, as files have it",
    kinds: ALL,
    answer: ({ kind }) => good(kind),
    client: token(() => `${SECRET}\n`),
    want: value,
  },
  {
    fault: "token function returns undefined",
    kinds: ALL,
    client: token(() => undefined),
    want: unsent({ name: "MissingCredentialsError" }),
  },
  {
    fault: "header value CRLF",
    kinds: ALL,
    options: () => ({ headers: { a: `${SECRET}\r\nb: c` } }),
    want: unsent(REFUSED),
  },
  ...["..", ".", ""].map((id) => ({
    fault: "path value ..",
    variant: JSON.stringify(id),
    call: { path: "/x/{id}/y", pathParams: { id } },
    want: unsent(REFUSED),
  })),
  {
    fault: "fetch returns non-Response",
    kinds: ALL,
    client: () => ({ fetch: (() => Promise.resolve({ ok: true })) as unknown as Fetch }),
    want: { error: REFUSED, requests: 0 },
  },
  {
    fault: "fetch throws",
    variant: "at once, with the URL in its message",
    kinds: ALL,
    client: () => ({
      fetch: (url) => {
        throw new TypeError(`no way to ${url}`);
      },
      retry: 0,
    }),
    want: { error: { name: "ConnectionError" }, requests: 0 },
  },
  {
    fault: "middleware throws",
    variant: "before the request",
    kinds: ALL,
    options: () => ({
      middleware: [
        () => {
          throw REASON;
        },
      ],
    }),
    want: { error: REASON, requests: 0 },
  },
  {
    fault: "middleware throws",
    variant: "after the answer",
    kinds: ALL,
    answer: ({ kind }) => good(kind),
    options: () => ({
      middleware: [
        async (_context, next) => {
          await next();
          throw REASON;
        },
      ],
    }),
    want: { error: REASON },
  },
  {
    fault: "middleware gives no Response",
    kinds: ALL,
    options: () => ({ middleware: [() => Promise.resolve(undefined as unknown as Response)] }),
    want: { error: REFUSED, requests: 0 },
  },
  ...[{}, { response: asNothing }].map((call, index) => ({
    fault: "middleware copies the answer",
    variant: `and never reads it, ${index === 0 ? "nor hinders others" : "where nobody does"}`,
    kinds: ["json", "upload"] as const,
    answer: ({ kind }: Place) => good(kind),
    call,
    options: () => ({
      middleware: [
        async (_context: unknown, next: () => Promise<Response>) => {
          const response = await next();
          response.clone();
          return response;
        },
      ],
    }),
    want: (kind: Kind) => (index === 0 ? value(kind) : { value: undefined }),
  })),
];
