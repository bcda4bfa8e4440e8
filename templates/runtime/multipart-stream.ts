import { concat, type BytePiece } from "./byte-stream.js";

/** A part of a body of type `multipart/form-data`. */
export interface MultipartPart {
  readonly name: string;
  readonly value: string | Blob | ReadableStream<Uint8Array>;
  /** Makes the part a file. */
  readonly fileName?: string | undefined;
  /** The media type of a file. Default, also for an empty one: `application/octet-stream`. */
  readonly type?: string | undefined;
}

/** A body whose bytes are made while they are sent. */
export interface StreamedBody {
  readonly contentType: string | undefined;
  /** How many bytes it has; undefined if only its end will tell. */
  readonly size: number | undefined;
  /** Opens the body. */
  stream(): ReadableStream<Uint8Array>;
}

const LINE_END = /\r\n|\r|\n/g;

/**
 * Encodes parts as `FormData` is encoded (HTML, "Multipart form data"; RFC 7578), without reading their
 * files before they are sent.
 *
 * @param boundary - what {@link randomBoundary} gives.
 */
export function encodeParts(parts: readonly MultipartPart[], boundary: string): StreamedBody {
  const encoder = new TextEncoder();
  const pieces: BytePiece[] = parts.flatMap((part) => [
    encoder.encode(`--${boundary}\r\n${headerOf(part)}\r\n\r\n`),
    typeof part.value === "string"
      ? encoder.encode(part.value.replace(LINE_END, "\r\n"))
      : part.value,
    encoder.encode("\r\n"),
  ]);
  pieces.push(encoder.encode(`--${boundary}--\r\n`));
  const size = pieces.map(sizeOf).reduce((sum, one) => sum + one, 0);
  return {
    contentType: contentTypeOf(boundary),
    size: Number.isNaN(size) ? undefined : size,
    stream: () => concat(pieces),
  };
}

function headerOf({ name, value, fileName = "blob", type = "" }: MultipartPart): string {
  const disposition = `Content-Disposition: form-data; name="${escape(name.replace(LINE_END, "\r\n"))}"`;
  if (typeof value === "string") return disposition;
  const mediaType = type === "" ? "application/octet-stream" : type;
  return `${disposition}; filename="${escape(fileName)}"\r\nContent-Type: ${mediaType}`;
}

/** What would end the quoted string or the header. */
function escape(text: string): string {
  return text.replace(/["\r\n]/g, (character) => ESCAPES[character] ?? "");
}

const ESCAPES: Readonly<Record<string, string>> = { '"': "%22", "\r": "%0D", "\n": "%0A" };

/** NaN for a stream. */
function sizeOf(piece: BytePiece): number {
  if (piece instanceof Uint8Array) return piece.byteLength;
  return piece instanceof Blob ? piece.size : NaN;
}

/** The media type of a body with this boundary. */
export function contentTypeOf(boundary: string): string {
  return `multipart/form-data; boundary=${boundary}`;
}

/** 192 bits that nobody can guess: no content can hold them, and none can be made to (CVE-2025-7783). */
export function randomBoundary(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
  return `----formdata-${digits.join("")}`;
}
