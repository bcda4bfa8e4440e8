import { tap } from "./byte-stream.js";
import { contentLength } from "./content-length.js";
import type { Middleware } from "./middleware.js";
import { canStream, sendStream, streamedBody } from "./stream-body.js";

/**
 * Is told how far a transfer has come: first of all 0, then after each piece of it. It must not throw.
 *
 * @param done - how many bytes have passed. Each attempt of a call begins with 0 again.
 * @param total - how many there are in all; undefined if that is not known.
 */
export type ProgressListener = (done: number, total: number | undefined) => void;

/**
 * Tells how much of a request's body has been sent: `{ middleware: [uploadProgress(listener)] }`, for
 * one call or for a client. It sends the body as `streamBody` does.
 *
 * In browsers only start and end are told: they send streams over HTTP/2 only, and a program cannot
 * know beforehand whether that is what the connection will be.
 */
export function uploadProgress(listener: ProgressListener): Middleware {
  return async ({ request }, next) => {
    const body = streamedBody(request);
    if (body === undefined) return next();
    const { size } = body;
    listener(0, size);
    if (canStream(request.url)) {
      return sendStream(request, body, counted(body.stream(), size, listener), next);
    }
    const response = await next();
    if (size !== undefined) listener(size, size);
    return response;
  };
}

/**
 * Tells how much of a response's body has been read: `{ middleware: [downloadProgress(listener)] }`,
 * for one call or for a client. The total is not known if the body is compressed on its way.
 */
export function downloadProgress(listener: ProgressListener): Middleware {
  return async (_context, next) => {
    const response = await next();
    const { body, status, statusText, headers, url } = response;
    // A response of any other status cannot be made; it is no success either.
    if (body === null || status < 200 || status > 599) return response;
    const size = contentLength(headers);
    listener(0, size);
    const copy = new Response(counted(body, size, listener), { status, statusText, headers });
    return Object.defineProperty(copy, "url", { value: url });
  };
}

function counted(
  stream: ReadableStream<Uint8Array>,
  size: number | undefined,
  listener: ProgressListener,
): ReadableStream<Uint8Array> {
  let done = 0;
  return tap(stream, (chunk) => {
    done += chunk.byteLength;
    // More than there should be: browsers do not always let a program see that a body is compressed.
    listener(done, size === undefined || done > size ? undefined : size);
  });
}
