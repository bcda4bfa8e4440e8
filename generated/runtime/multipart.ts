import type { RequestBody } from "./call.js";
import type { PropertyEncoding } from "./form.js";
import { essence, fit, isJson } from "./media-type.js";
import { fieldsOf, members, scalar, verbatim } from "./parameters.js";

/** Encodings of a multipart body by property name; a media type may be a list (`image/png, image/*`). */
export type MultipartEncoding = Readonly<Record<string, PropertyEncoding>>;

/** Takes parts one by one, as `FormData` does. */
export interface PartSink {
  append(name: string, value: string | Blob | PartsEncoder, fileName?: string): void;
}

/** A part that `FormData` cannot hold. It brings an encoder for the body that it is a part of. */
export interface PartsEncoder {
  /** @param write - writes the parts, this one among them. */
  encodeParts(write: (sink: PartSink) => void): RequestBody;
}

/**
 * The file name of a part that is none (XMLHttpRequest, "create an entry"). Bun would leave it empty,
 * and servers take a part with an empty file name for a field in which nobody chose a file.
 */
const NO_NAME = "blob";

/**
 * A body of type `multipart/form-data` (RFC 7578), made by the platform's `FormData`: it chooses the
 * boundary and escapes names.
 *
 * - a `Blob` is a file part; a `File` brings its name. Its type is replaced by the first one of the
 *   encoding's media types if it has none, or one that is not among them;
 * - bytes (`ArrayBuffer`, `Uint8Array`, ...) are a file part, too;
 * - a stream is one, if `streamPart` of `stream-part.ts` gives it a name;
 * - an array is one part for each item;
 * - an object is a part of JSON text, without a type: `FormData` cannot give a part a type but as a
 *   file, and a file name makes many servers take it for an upload. An encoding with a media type
 *   insists on it: the part then is a file of that type;
 * - numbers, booleans and dates are text; `null` is JSON like an object, so that it can clear a field;
 *   `undefined` is left out;
 * - an encoding with a style writes what the style writes; with `deepObject` files may be anywhere
 *   in the value (`tasks[0][options][file]`).
 *
 * @param value - `undefined` means no body.
 */
export function multipart(
  value: unknown,
  encoding: MultipartEncoding = {},
): RequestBody | undefined {
  if (value === undefined) return undefined;
  const encodings = new Map(Object.entries(encoding));
  const write = (sink: PartSink): void => {
    for (const [name, property] of fieldsOf(value)) {
      if (property !== undefined) appendProperty(sink, name, property, encodings.get(name));
    }
  };
  const encode = (): FormData => {
    const data = new FormData();
    write(data);
    return data;
  };
  return encoderIn(value)?.encodeParts(write) ?? { encode };
}

/** The first part, at any depth that bodies have, which brings an encoder. */
function encoderIn(value: unknown, depth = 8): PartsEncoder | undefined {
  if (isEncoder(value)) return value;
  if (isFile(value) || depth === 0) return undefined;
  for (const [, member] of members(value) ?? []) {
    const found = encoderIn(member, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isEncoder(value: unknown): value is PartsEncoder {
  return (
    typeof value === "object" &&
    value !== null &&
    "encodeParts" in value &&
    typeof value.encodeParts === "function"
  );
}

function appendProperty(
  data: PartSink,
  name: string,
  value: unknown,
  encoding: PropertyEncoding | undefined,
): void {
  if (typeof encoding === "function") {
    const styled = encoding(value);
    const list = styled.leaves?.(name, isFilePart) ?? styled.pairs(name, verbatim);
    for (const [path, leaf] of list) append(data, path, leaf, undefined);
  } else {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) append(data, name, item, encoding);
    }
  }
}

/** Appends one part. */
function append(
  data: PartSink,
  name: string,
  value: unknown,
  mediaTypes: string | undefined,
): void {
  if (isEncoder(value)) {
    data.append(name, value);
  } else if (isFile(value)) {
    appendFile(data, name, value, mediaTypes);
  } else {
    const type = firstType(mediaTypes);
    const isText = value !== null && members(value) === undefined && !isJson(type);
    const text = isText ? scalar(value) : JSON.stringify(value);
    if (type === "") data.append(name, text);
    else data.append(name, new Blob([text], { type }), NO_NAME);
  }
}

function appendFile(
  data: PartSink,
  name: string,
  value: Blob | ArrayBuffer | ArrayBufferView,
  mediaTypes: string | undefined,
): void {
  // A Blob made from a File has lost its name.
  const fileName = value instanceof Blob && "name" in value ? value.name : undefined;
  data.append(
    name,
    typedFile(value, mediaTypes),
    typeof fileName === "string" ? fileName : NO_NAME,
  );
}

/** A file whose type is one of those that are wanted: the first of them, if its own is not. */
export function typedFile(
  value: Blob | ArrayBuffer | ArrayBufferView,
  mediaTypes: string | undefined,
): Blob {
  const file = value instanceof Blob ? value : new Blob([value as ArrayBuffer]);
  const isAllowed = mediaTypes?.split(",").some((range) => fit(range, essence(file.type)) > 0);
  const type = firstType(mediaTypes);
  return isAllowed === false && type !== "" ? new Blob([file], { type }) : file;
}

/** The first of a list of media types; empty if that is a range, or there is none. */
export function firstType(mediaTypes = ""): string {
  const first = essence(mediaTypes.split(",", 1)[0] ?? "");
  return first.includes("*") ? "" : first;
}

function isFile(value: unknown): value is Blob | ArrayBuffer | ArrayBufferView {
  return value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

/** Whether a value becomes a part of its own, which JSON cannot hold. */
export function isFilePart(value: unknown): boolean {
  return isFile(value) || isEncoder(value);
}
