import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fault, JournalEntry, UploadedPart } from "../suite/protocol.js";

/** A request whose body has been read, within one case. */
export interface StageRequest {
  readonly method: string;
  /** Without the prefix of the case, and decoded by nobody. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** The token of the header `Authorization: Bearer`; empty if there is none. */
  readonly token: string;
  /** Where the case's stage begins, without a slash at its end. */
  readonly base: string;
}

/** What a service answers. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is not text or bytes is sent as JSON. */
  readonly body?: object | string | Uint8Array;
  /** Takes the place of the body: pieces that are written one by one. The body then stays open. */
  readonly pieces?: readonly Uint8Array[];
}

/** One of the services; `undefined` where it does not know the operation. */
export type Service = (request: StageRequest, stage: Stage) => Answer | undefined;

/** What one case has to itself: nothing is shared between cases. */
export class Stage {
  readonly journal: JournalEntry[] = [];
  /** What happens to the next requests instead of an answer. */
  faults: readonly Fault[] = [];
  /** Access tokens that are good. */
  readonly tokens = new Set<string>();
  /** Refresh tokens that are good. */
  readonly refreshTokens = new Set<string>();
  /** Stored files by path. */
  readonly files = new Map<string, { readonly bytes: Buffer; readonly modified: number }>();
  /** What was published, by idempotency key. */
  readonly published = new Map<string, object>();
  #count = 0;

  /** A number that was not given out before. */
  next(): number {
    this.#count += 1;
    return this.#count;
  }

  /** Takes the fault that is meant for the next request. */
  takeFault(): Fault | undefined {
    const [first, ...others] = this.faults;
    if (first?.always !== true) this.faults = others;
    return first;
  }
}

/** Tells of a request what cases want to know. */
export async function entryOf(
  incoming: IncomingMessage,
  { method, path, query, headers, body }: StageRequest,
): Promise<JournalEntry> {
  return {
    port: incoming.socket.localPort ?? 0,
    method,
    path,
    query: query.toString(),
    headers,
    length: body.length,
    parts: await partsOf(headers["content-type"] ?? "", body),
    isClosed: false,
  };
}

/** The parts of a multipart form, read by the platform's own parser. */
async function partsOf(type: string, body: Buffer): Promise<readonly UploadedPart[]> {
  if (!type.startsWith("multipart/form-data")) return [];
  const form = await new Response(new Uint8Array(body), {
    headers: { "content-type": type },
  }).formData();
  return [...form].map(([name, value]) =>
    typeof value === "string"
      ? { name, value }
      : { name, file: value.name, type: value.type, length: value.size },
  );
}

/** Sends an answer. */
export function send(response: ServerResponse, answer: Answer): void {
  const { status, headers, pieces } = answer;
  if (pieces === undefined) {
    response.writeHead(status ?? 200, headersOf(answer)).end(bytesOf(answer));
  } else {
    response.writeHead(status ?? 200, headers);
    for (const piece of pieces) response.write(piece);
  }
}

/** Sends the head of an answer and so many bytes of its body, and leaves it at that. */
export function sendPart(response: ServerResponse, answer: Answer, length: number): void {
  response.writeHead(answer.status ?? 200, headersOf(answer));
  response.write(bytesOf(answer).subarray(0, length));
}

function headersOf(answer: Answer): Readonly<Record<string, string>> {
  const { body, status } = answer;
  const isJson = typeof body === "object" && !(body instanceof Uint8Array);
  return {
    ...(isJson ? { "content-type": "application/json; charset=utf-8" } : {}),
    ...(status === 204 ? {} : { "content-length": String(bytesOf(answer).length) }),
    ...answer.headers,
  };
}

function bytesOf({ body = "" }: Answer): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}
