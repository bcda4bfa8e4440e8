import { ClientError } from "./errors.js";
import type { Middleware, MiddlewareRequest } from "./middleware.js";

/** What is told of one attempt of a call. It holds no credential, no value of a parameter and no body. */
export interface LogRecord {
  /** The name of the service. */
  readonly service: string;
  readonly operationId: string;
  readonly method: string;
  /** The document's path template, with its `{name}`s. */
  readonly path: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** How long it took until there was the head of a response, or none, in milliseconds. */
  readonly duration: number;
  /** The status; undefined if there was no answer. */
  readonly status: number | undefined;
  /** Why there was no answer: the name of the error, and the platform's code where it has one. */
  readonly error: { readonly name: string; readonly code: string | undefined } | undefined;
  /** What the service calls this request in its logs, or what it was sent with as such. */
  readonly requestId: string | undefined;
  /** The size of the request's body, in bytes; undefined for streams and forms with files. */
  readonly sent: number | undefined;
  /** The size of the response's body as its head tells it, in bytes. */
  readonly received: number | undefined;
  /** The headers of both, if they are asked for; values that may be secret are `(hidden)`. */
  readonly headers?:
    { readonly request: LoggedHeaders; readonly response: LoggedHeaders } | undefined;
}

/** Headers by name. */
export type LoggedHeaders = Readonly<Record<string, string>>;

/** What {@link logging} can be told. */
export interface LoggingOptions {
  /** Where records go. Default: one line each to the console, as {@link logLine} writes it. */
  readonly log?: ((record: LogRecord) => void) | undefined;
  /** Whether records have headers. Default false. */
  readonly headers?: boolean | undefined;
}

/** The headers whose values are shown: they describe a message, and carry no right to anything. */
const SHOWN = new Set([
  "accept",
  "accept-ranges",
  "age",
  "allow",
  "cache-control",
  "content-encoding",
  "content-language",
  "content-length",
  "content-range",
  "content-type",
  "date",
  "deprecation",
  "etag",
  "expires",
  "if-modified-since",
  "if-none-match",
  "last-modified",
  "range",
  "retry-after",
  "server",
  "sunset",
  "vary",
  "x-correlation-id",
  "x-ratelimit-limit",
  "x-ratelimit-remaining",
  "x-ratelimit-reset",
  "x-request-id",
]);

/**
 * A middleware that tells of each attempt: put it last, to see what is really sent. What `log` throws is
 * dropped: a call does not fail because nobody could write it down.
 */
export function logging({ log = toConsole, headers = false }: LoggingOptions = {}): Middleware {
  return async ({ operation, attempt, request }, next) => {
    const start = performance.now();
    const write = (response: Response | undefined, error: LogRecord["error"]): void => {
      const received = response?.headers.get("content-length") ?? "";
      quietly(() => {
        log({
          ...operation,
          attempt,
          duration: performance.now() - start,
          status: response?.status,
          error,
          requestId: idOf(response?.headers) ?? idOf(request.headers),
          sent: sizeOf(request.body),
          received: /^\d+$/.test(received) ? Number(received) : undefined,
          headers: headers
            ? { request: shown(request.headers), response: shown(response?.headers) }
            : undefined,
        });
      });
    };
    try {
      const response = await next();
      write(response, undefined);
      return response;
    } catch (error) {
      write(undefined, nameOf(error));
      throw error;
    }
  };
}

/** A record as one line: `getVideo: GET /videos/{id} answered 200 in 31 ms (attempt 2, id 4f2a, 512 B)`. */
export function logLine(record: LogRecord): string {
  const { operationId, method, path, attempt, status, error, requestId, received } = record;
  const code = error?.code === undefined ? "" : ` ${error.code}`;
  const end =
    status === undefined ? `failed: ${error?.name ?? "Error"}${code}` : `answered ${status}`;
  const details = [
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
    ...(requestId === undefined ? [] : [`id ${printable(requestId)}`]),
    ...(received === undefined ? [] : [`${received} B`]),
  ];
  const more = details.length === 0 ? "" : ` (${details.join(", ")})`;
  return `${operationId}: ${method} ${path} ${end} in ${Math.round(record.duration)} ms${more}`;
}

/** The service's word, for a terminal: without control characters, and short. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?").slice(0, 100);
}

function toConsole(record: LogRecord): void {
  console.info(logLine(record));
}

function quietly(write: () => void): void {
  try {
    write();
  } catch {
    // See above.
  }
}

function idOf(headers: Headers | undefined): string | undefined {
  return headers?.get("x-request-id") ?? headers?.get("x-correlation-id") ?? undefined;
}

function shown(headers: Headers | undefined): LoggedHeaders {
  const entries: [string, string][] = [];
  headers?.forEach((value, name) => {
    entries.push([name, SHOWN.has(name.toLowerCase()) ? value : "(hidden)"]);
  });
  return Object.fromEntries(entries);
}

function sizeOf(body: MiddlewareRequest["body"]): number | undefined {
  if (body === undefined || body === null) return 0;
  if (body instanceof Blob) return body.size;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
  if (body instanceof FormData || body instanceof ReadableStream) return undefined;
  return new TextEncoder().encode(body.toString()).length;
}

/** Of an error only what is one word: a message, or whatever others put into an error, may quote a request. */
function nameOf(error: unknown): LogRecord["error"] {
  const code = error instanceof ClientError && "code" in error ? error.code : undefined;
  return {
    name: (error instanceof Error ? wordOf(error.name) : undefined) ?? "Error",
    code: wordOf(code),
  };
}

function wordOf(text: unknown): string | undefined {
  return typeof text === "string" && /^\w{1,50}$/.test(text) ? text : undefined;
}
