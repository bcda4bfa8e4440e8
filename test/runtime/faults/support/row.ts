import { expect } from "vitest";
import { asBlob } from "../../../../templates/runtime/as-blob.js";
import { asText } from "../../../../templates/runtime/as-text.js";
import type { Call } from "../../../../templates/runtime/call.js";
import { eventStream } from "../../../../templates/runtime/event-stream.js";
import type { CallOptions, ClientOptions } from "../../../../templates/runtime/options.js";
import { text as textBody } from "../../../../templates/runtime/text.js";
import { SECRET } from "../../support/traces.js";
import type { Answer } from "./fault-server.js";

/** What is called for: each fault is tried with all kinds for which it makes a difference. */
export type Kind = "json" | "text" | "binary" | "events" | "upload";

/** What rows can refer to. */
export interface Place {
  readonly kind: Kind;
  /** The service's own origin. */
  readonly own: string;
  /** Another origin; nothing secret may get there. */
  readonly foreign: string;
  /** A server that never says a word. */
  readonly silent: string;
  /** A server that speaks HTTP where TLS is expected. */
  readonly plain: string;
  /** A server whose certificate nobody trusts. */
  readonly untrusted: string;
  /** The caller's signal is this one's. */
  readonly controller: AbortController;
}

/** Makes what the service does for one kind of call. */
export type Answers = (place: Place) => Answer;

/** What a call has to come to. */
export interface Want {
  /** What it gives, if it does; a `Blob` as text, a stream as the data of its events. */
  readonly value?: unknown;
  /** Fields of the error with which it is rejected, or {@link REASON}. */
  readonly error?: object;
  /** How often it is tried. Default 1. */
  readonly attempts?: number;
  /** How many requests the service sees. Default: as many as attempts. */
  readonly requests?: number;
  /** How long it waits between attempts, in milliseconds: at least and at most. */
  readonly delays?: readonly (readonly [least: number, most: number])[];
}

/** One fault, and what it has to come to. */
export interface Row {
  /** The entry of the matrix. */
  readonly fault: string;
  readonly variant?: string;
  /** Default: `json`. */
  readonly kinds?: readonly Kind[];
  /** What the service does. Default: it answers well. */
  readonly answer?: Answers;
  readonly call?: Partial<Call>;
  readonly client?: (place: Place) => ClientOptions;
  readonly options?: (place: Place) => CallOptions;
  readonly want: Want | ((kind: Kind) => Want);
  /** Whether it is tried at `untrusted`, which is not there everywhere. */
  readonly needsCertificate?: boolean;
}

/** Credentials of all sorts; each row's calls present them all. */
export const AUTH = { bearer: SECRET, key: SECRET, query: SECRET, cookie: SECRET } as const;

/** What the caller aborts with. */
export const REASON = new Error("the caller has had enough");

export const ALL: readonly Kind[] = ["json", "text", "binary", "events", "upload"];

/** Those with a body that is read to its end before the call does anything else. */
export const BODIES: readonly Kind[] = ["json", "text", "binary", "upload"];

/** A text with this in it. */
export function containing(text: string): unknown {
  return expect.stringContaining(text) as unknown;
}

/** A value of which this holds. */
export function such(holds: (value: never) => boolean): unknown {
  return expect.toSatisfy(holds as (value: unknown) => boolean) as unknown;
}

/** The description of a call of each kind. */
export const CALLS: Readonly<Record<Kind, Partial<Call>>> = {
  json: {},
  text: { accept: "text/plain", response: asText },
  binary: { accept: "application/octet-stream", response: asBlob },
  events: { accept: "text/event-stream", response: eventStream() },
  upload: { method: "POST", body: textBody(`file ${SECRET}`) },
};

const JSON_ANSWER = { type: "application/json", body: '{"ok":true}', value: { ok: true } };

/** A good answer of each kind, and what is to come of it. */
export const ANSWERS: Readonly<Record<Kind, { type: string; body: string; value: unknown }>> = {
  json: JSON_ANSWER,
  upload: JSON_ANSWER,
  text: { type: "text/plain", body: "ok", value: "ok" },
  binary: { type: "application/octet-stream", body: "ok", value: "ok" },
  events: { type: "text/event-stream", body: "data: ok\n\n", value: ["ok"] },
};

/** The head of an answer, to which anything may follow. */
export function head(status: number, headers: Readonly<Record<string, string | number>>): string {
  const fields = { "x-echo": SECRET, connection: "close", ...headers };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Text\r\n${lines.join("")}\r\n`;
}

/** The head of a good answer whose length is told wrong, or not at all. */
export function goodHead(
  kind: Kind,
  headers: Readonly<Record<string, string | number>> = {},
): string {
  return head(200, { "content-type": ANSWERS[kind].type, ...headers });
}

/** A whole answer. */
export function reply(
  status: number,
  body: string | Buffer = "",
  headers: Readonly<Record<string, string | number>> = {},
): Answer {
  return (socket) => {
    const bytes = Buffer.from(body);
    const type = bytes.length > 0 ? { "content-type": "application/json" } : {};
    const top = head(status, { ...type, "content-length": bytes.length, ...headers });
    socket.end(Buffer.concat([Buffer.from(top, "latin1"), bytes]));
  };
}

/** A good answer. */
export function good(kind: Kind): Answer {
  const { type, body } = ANSWERS[kind];
  return reply(200, body, { "content-type": type });
}

/** Whatever is given, byte by byte. */
export function raw(...pieces: (string | Buffer)[]): Answer {
  return (socket) => {
    socket.end(Buffer.concat(pieces.map((piece) => Buffer.from(piece as string, "latin1"))));
  };
}

/** One answer after the other; the last one stays. */
export function inTurn(...answers: readonly Answer[]): Answer {
  return (socket, request, count) => {
    answers[Math.min(count, answers.length) - 1]?.(socket, request, count);
  };
}

/** A call that is given up after all attempts: two more where it may be repeated. */
export function givesUp(error: object): (kind: Kind) => Want {
  return (kind) => ({ error, attempts: kind === "upload" ? 1 : 3 });
}

/** A call that is repeated once and then ends well, or is not repeated and fails. */
export function recovers(error: object): (kind: Kind) => Want {
  return (kind) => (kind === "upload" ? { error } : { value: ANSWERS[kind].value, attempts: 2 });
}
