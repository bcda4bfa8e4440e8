import { concat, unkept, type BytePiece } from "./byte-stream.js";
import type { RequestBody } from "./call.js";
import { isJson } from "./media-type.js";
import { firstType, typedFile } from "./multipart.js";
import { randomBoundary } from "./multipart-stream.js";
import { members, scalar, StyledValue } from "./parameters.js";

/** How parts are encoded by their position (OpenAPI 3.2, "Encoding By Position"). */
export interface PartsEncoding {
  /** Those of the first parts; undefined where the value decides. */
  readonly prefix?: readonly (PartEncoding | undefined)[] | undefined;
  /** That of all others. */
  readonly item?: PartEncoding | undefined;
}

/** A media type, which may be a list (`image/png, image/*`), or a part that has parts of its own. */
export type PartEncoding = string | NestedParts;

/** A part that is an array, and multipart itself. */
export interface NestedParts extends PartsEncoding {
  readonly contentType: string;
}

/**
 * A body of parts without names, in their order (RFC 2046, section 5.1): `multipart/mixed`,
 * `multipart/related`, ...
 *
 * - a `Blob`, bytes, a stream, or what `streamPart` of `stream-part.ts` gives: a part of these bytes, of the
 *   type that the encoding asks for, or else of its own. With a stream the body can be sent only once;
 * - an array whose encoding has parts of its own is multipart, too;
 * - text, numbers, booleans and dates are text; everything else is JSON.
 *
 * @param values - `undefined` means no body.
 */
export function parts(
  values: unknown,
  contentType: string,
  encoding: PartsEncoding = {},
): RequestBody | undefined {
  if (values === undefined) return undefined;
  const boundary = randomBoundary();
  const once = hasStream(values);
  return {
    contentType: withBoundary(contentType, boundary),
    once,
    encode: () => {
      const pieces = piecesOf(values, boundary, encoding);
      return once ? unkept(concat(pieces.map(asBytes))) : blobOf(pieces);
    },
  };
}

/** A property of a form that is multipart itself: one file, as far as the form is concerned. */
export function nestedParts(value: unknown, nested: NestedParts): StyledValue {
  const file = (): Blob => {
    const boundary = randomBoundary();
    const type = withBoundary(nested.contentType, boundary);
    return blobOf(piecesOf(value, boundary, nested), type);
  };
  return new StyledValue(
    () => {
      throw new TypeError("a part of a multipart body only");
    },
    (name) => (value === undefined ? [] : [[name, file()]]),
  );
}

type Piece = string | BytePiece;

/** The parts with what stands between them. */
function piecesOf(
  values: unknown,
  boundary: string,
  { prefix = [], item }: PartsEncoding,
): Piece[] {
  if (!Array.isArray(values)) throw new TypeError("no array");
  const pieces = values.flatMap((value: unknown, index) => {
    const { type, content } = partOf(value, index < prefix.length ? prefix[index] : item);
    return [`--${boundary}\r\nContent-Type: ${type}\r\n\r\n`, ...content, "\r\n"];
  });
  return [...pieces, `--${boundary}--\r\n`];
}

function partOf(
  value: unknown,
  encoding: PartEncoding | undefined,
): { readonly type: string; readonly content: readonly Piece[] } {
  if (typeof encoding === "object") {
    const boundary = randomBoundary();
    const type = withBoundary(encoding.contentType, boundary);
    return { type, content: piecesOf(value, boundary, encoding) };
  }
  const { stream, type: own } = streamOf(value) ?? {};
  if (stream !== undefined) {
    return { type: own ?? typeOr(encoding, "application/octet-stream"), content: [stream] };
  }
  if (isBytes(value)) {
    const file = typedFile(value, encoding);
    return { type: file.type === "" ? "application/octet-stream" : file.type, content: [file] };
  }
  const isText = value !== null && members(value) === undefined && !isJson(firstType(encoding));
  return isText
    ? { type: typeOr(encoding, "text/plain;charset=UTF-8"), content: [scalar(value)] }
    : { type: typeOr(encoding, "application/json"), content: [json(value)] };
}

function typeOr(encoding: string | undefined, preset: string): string {
  const type = firstType(encoding);
  return type === "" ? preset : type;
}

function json(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError("no JSON");
  return text;
}

function isBytes(value: unknown): value is Blob | ArrayBuffer | ArrayBufferView {
  return value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

/** A stream, or what `streamPart` made of one. */
function streamOf(
  value: unknown,
): { readonly stream: ReadableStream<Uint8Array>; readonly type?: string } | undefined {
  if (value instanceof ReadableStream) return { stream: value as ReadableStream<Uint8Array> };
  if (typeof value !== "object" || value === null || value instanceof Blob) return undefined;
  return "stream" in value && value.stream instanceof ReadableStream && "encodeParts" in value
    ? (value as unknown as { stream: ReadableStream<Uint8Array>; type: string })
    : undefined;
}

function hasStream(values: unknown): boolean {
  if (Array.isArray(values)) return values.some(hasStream);
  return streamOf(values) !== undefined;
}

function withBoundary(contentType: string, boundary: string): string {
  return `${contentType}; boundary=${boundary}`;
}

function blobOf(pieces: readonly Piece[], type = ""): Blob {
  return new Blob(pieces as ConstructorParameters<typeof Blob>[0], { type });
}

function asBytes(piece: Piece): BytePiece {
  return typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
}
