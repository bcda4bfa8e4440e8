import {
  ALL,
  BODIES,
  givesUp,
  good,
  goodHead,
  inTurn,
  raw,
  recovers,
  type Row,
} from "./support/row.js";

const LOST = { name: "ConnectionError" };
const reset = { ...LOST, code: "ECONNRESET" };
const closed = { ...LOST, code: "UND_ERR_SOCKET" };
const LATE = { name: "TimeoutError", timeout: 300 };

/** The connection fails, or comes to a stop. */
export const CONNECTION: readonly Row[] = [
  {
    fault: "DNS failure",
    kinds: ALL,
    client: () => ({ baseUrl: "http://nowhere.invalid" }),
    want: (kind) => ({ ...givesUp(LOST)(kind), requests: 0 }),
  },
  {
    fault: "refused",
    kinds: ALL,
    client: () => ({ baseUrl: "http://127.0.0.1:2" }),
    want: (kind) => ({ ...givesUp({ ...LOST, code: "ECONNREFUSED" })(kind), requests: 0 }),
  },
  {
    fault: "refused",
    variant: "by fetch itself, which blocks the port",
    client: () => ({ baseUrl: "http://127.0.0.1:6000" }),
    want: { error: { ...LOST, code: undefined }, attempts: 3, requests: 0 },
  },
  {
    fault: "reset before request",
    variant: "is not told from one before the head",
    kinds: ALL,
    answer: () => (socket) => socket.resetAndDestroy(),
    want: givesUp(reset),
  },
  {
    fault: "reset before request",
    variant: "once",
    kinds: ALL,
    answer: ({ kind }) => inTurn((socket) => socket.resetAndDestroy(), good(kind)),
    want: recovers(reset),
  },
  {
    fault: "reset after head",
    kinds: BODIES,
    answer:
      ({ kind }) =>
      (socket) => {
        socket.write(`${goodHead(kind, { "content-length": 10 })}{}`, () =>
          setTimeout(() => socket.resetAndDestroy(), 20),
        );
      },
    want: givesUp(LOST),
  },
  { fault: "close before head", kinds: ALL, answer: () => raw(""), want: givesUp(closed) },
  {
    fault: "close in head",
    kinds: ALL,
    answer: () => raw("HTTP/1.1 200 OK\r\nContent-Type: te"),
    want: givesUp(closed),
  },
  {
    fault: "TLS error",
    variant: "a server without it",
    kinds: ALL,
    client: ({ plain }) => ({ baseUrl: plain }),
    want: (kind) => ({ ...givesUp(LOST)(kind), requests: 0 }),
  },
  {
    fault: "TLS error",
    variant: "a certificate that nobody trusts",
    kinds: ALL,
    needsCertificate: true,
    client: ({ untrusted }) => ({ baseUrl: untrusted }),
    want: (kind) => ({ ...givesUp(LOST)(kind), requests: 0 }),
  },
  {
    fault: "stalled connect",
    variant: "in the handshake of TLS",
    kinds: ALL,
    client: ({ silent }) => ({ baseUrl: silent, timeout: 300 }),
    want: { error: LATE, requests: 0 },
  },
  {
    fault: "stalled head",
    kinds: ALL,
    answer: () => () => undefined,
    client: () => ({ timeout: 300 }),
    want: { error: LATE },
  },
  {
    fault: "stalled head",
    variant: "in each attempt's own time",
    kinds: ALL,
    answer: () => () => undefined,
    client: () => ({ attemptTimeout: 300 }),
    want: givesUp(LATE),
  },
  {
    fault: "stalled body",
    kinds: BODIES,
    answer:
      ({ kind }) =>
      (socket) =>
        void socket.write(`${goodHead(kind, { "content-length": 10 })}{}`),
    client: () => ({ timeout: 300 }),
    want: { error: LATE },
  },
  {
    fault: "1 byte/s body",
    variant: "faster, but never in time",
    kinds: BODIES,
    answer:
      ({ kind }) =>
      (socket) => {
        socket.write(goodHead(kind, { "content-length": 1_000 }));
        const timer = setInterval(() => socket.write(" "), 20);
        socket.on("close", () => {
          clearInterval(timer);
        });
      },
    client: () => ({ timeout: 300 }),
    want: { error: LATE },
  },
  {
    fault: "idle between SSE events",
    variant: "longer than the timeout, which ended with the head",
    kinds: ["events"],
    answer: () => (socket) => {
      socket.write(`${goodHead("events")}data: 1\n\n`);
      setTimeout(() => socket.end("data: 2\n\n"), 600);
    },
    client: () => ({ timeout: 300 }),
    want: { value: ["1", "2"] },
  },
];
