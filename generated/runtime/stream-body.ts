import { unkept } from "./byte-stream.js";
import { contentLength } from "./content-length.js";
import type { Middleware, MiddlewareRequest } from "./middleware.js";
import {
  encodeParts,
  randomBoundary,
  type MultipartPart,
  type StreamedBody,
} from "./multipart-stream.js";

/**
 * Sends bodies piece by piece and keeps none of them: `{ middleware: [streamBody] }`, for one call or
 * for a client. Without it Node.js and Bun collect a file that `FormData` holds in memory while they send
 * it. Browsers do well by themselves, and are left alone.
 *
 * The file itself is read where it is if the platform backs the `Blob` with it: in Node.js
 * `await openAsBlob(path)`, in Bun `Bun.file(path)`.
 */
export const streamBody: Middleware = async ({ request }, next) => {
  const body = streamedBody(request);
  if (body === undefined || !canStream(request.url)) return next();
  return sendStream(request, body, body.stream(), next);
};

/**
 * A request's body as a stream that has not been opened yet; undefined if there is none, or nothing in it.
 */
export function streamedBody({ body, headers }: MiddlewareRequest): StreamedBody | undefined {
  if (body === undefined || body === null) return undefined;
  if (body instanceof FormData) return encodeParts(partsOf(body), randomBoundary());
  if (body instanceof ReadableStream) {
    const stream = body as ReadableStream<Uint8Array>;
    return { contentType: undefined, size: contentLength(headers), stream: () => stream };
  }
  // Only the platform knows what all a body can be.
  const carrier = new Response(body as ConstructorParameters<typeof Response>[0]);
  const size = sizeOfValue(body);
  const stream = carrier.body;
  if (stream === null || size === 0) return undefined;
  const contentType = carrier.headers.get("content-type") ?? undefined;
  return { contentType, size, stream: () => stream };
}

/**
 * Sends a stream in the place of a request's body. Afterwards the request is what it was: a middleware
 * around this one may send it once more.
 */
export async function sendStream(
  request: MiddlewareRequest,
  { contentType, size }: StreamedBody,
  stream: ReadableStream<Uint8Array>,
  next: () => Promise<Response>,
): Promise<Response> {
  const { headers, body } = request;
  const before = ENTITY_HEADERS.map((name) => [name, headers.get(name)] as const);
  if (contentType !== undefined && !headers.has("content-type")) {
    headers.set("content-type", contentType);
  }
  // Many servers refuse a body whose size they don't know, or store it somewhere first.
  if (size !== undefined) headers.set("content-length", String(size));
  request.body = unkept(stream);
  try {
    return await next();
  } finally {
    request.body = body;
    for (const [name, value] of before) {
      if (value === null) headers.delete(name);
      else headers.set(name, value);
    }
  }
}

/** What belongs to the body that is sent: the boundary between parts is another each time. */
const ENTITY_HEADERS = ["content-type", "content-length"];

/**
 * Whether this platform sends streams over any connection. The usual test, whether `Request` reads
 * `duplex`, says yes in browsers that then refuse to use HTTP/1.1. They also keep programs from setting
 * the length of a body (Fetch, "forbidden request-header"): that tells them apart.
 */
export function canStream(url: string): boolean {
  const headers = { "content-length": "1" };
  return new Request(url, { method: "POST", headers }).headers.has("content-length");
}

function partsOf(data: FormData): readonly MultipartPart[] {
  const parts: MultipartPart[] = [];
  data.forEach((value, name) => {
    if (typeof value === "string") parts.push({ name, value });
    else parts.push({ name, value, fileName: value.name, type: value.type });
  });
  return parts;
}

function sizeOfValue(body: unknown): number | undefined {
  if (body instanceof Blob) return body.size;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
  if (typeof body === "string" || body instanceof URLSearchParams) {
    return new TextEncoder().encode(String(body)).byteLength;
  }
  return undefined;
}
