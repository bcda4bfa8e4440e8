import type { RequestBody } from "./call.js";
import type { PropertyEncoding } from "./form.js";
import { essence, fit, isJson } from "./media-type.js";
import { fieldsOf, members, scalar, verbatim } from "./parameters.js";

/** Encodings of a multipart body by property name; a media type may be a list (`image/png, image/*`). */
export type MultipartEncoding = Readonly<Record<string, PropertyEncoding>>;

/**
 * A body of type `multipart/form-data` (RFC 7578), made by the platform's `FormData`: it chooses the
 * boundary and escapes names.
 *
 * - a `Blob` is a file part; a `File` brings its name. Its type is replaced by the first one of the
 *   encoding's media types if it has none, or one that is not among them;
 * - bytes (`ArrayBuffer`, `Uint8Array`, ...) are a file part, too;
 * - an array is one part for each item;
 * - an object is a part of JSON text, without a type: `FormData` cannot give a part a type but as a
 *   file, and a file name makes many servers take it for an upload. An encoding with a media type
 *   insists on it: the part then is a file of that type;
 * - numbers, booleans and dates are text; `null` is JSON like an object, so that it can clear a field;
 *   `undefined` is left out;
 * - an encoding with a style writes what the style writes; with `deepObject` files may be anywhere
 *   in the value (`tasks[0][options][file]`).
 *
 * @param value `undefined` means no body.
 */
export function multipart(
  value: unknown,
  encoding: MultipartEncoding = {},
): RequestBody | undefined {
  if (value === undefined) return undefined;
  const encodings = new Map(Object.entries(encoding));
  return {
    encode: () => {
      const data = new FormData();
      for (const [name, property] of fieldsOf(value)) {
        if (property !== undefined) appendProperty(data, name, property, encodings.get(name));
      }
      return data;
    },
  };
}

function appendProperty(
  data: FormData,
  name: string,
  value: unknown,
  encoding: PropertyEncoding | undefined,
): void {
  if (typeof encoding === "function") {
    const styled = encoding(value);
    const list = styled.leaves?.(name, isFile) ?? styled.pairs(name, verbatim);
    for (const [path, leaf] of list) append(data, path, leaf, undefined);
  } else {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) append(data, name, item, encoding);
    }
  }
}

/** Appends one part. */
function append(
  data: FormData,
  name: string,
  value: unknown,
  mediaTypes: string | undefined,
): void {
  if (isFile(value)) {
    appendFile(data, name, value, mediaTypes);
  } else {
    const type = firstType(mediaTypes);
    const isText = value !== null && members(value) === undefined && !isJson(type);
    const text = isText ? scalar(value) : JSON.stringify(value);
    if (type === "") data.append(name, text);
    else data.append(name, new Blob([text], { type }));
  }
}

function appendFile(
  data: FormData,
  name: string,
  value: Blob | ArrayBuffer | ArrayBufferView,
  mediaTypes: string | undefined,
): void {
  const file = value instanceof Blob ? value : new Blob([value as ArrayBuffer]);
  const isAllowed = mediaTypes?.split(",").some((range) => fit(range, essence(file.type)) > 0);
  const type = firstType(mediaTypes);
  const part = isAllowed === false && type !== "" ? new Blob([file], { type }) : file;
  // A Blob made from a File has lost its name.
  if ("name" in file && typeof file.name === "string") data.append(name, part, file.name);
  else data.append(name, part);
}

/** The first of a list of media types; empty if that is a range, or there is none. */
function firstType(mediaTypes = ""): string {
  const first = essence(mediaTypes.split(",", 1)[0] ?? "");
  return first.includes("*") ? "" : first;
}

function isFile(value: unknown): value is Blob | ArrayBuffer | ArrayBufferView {
  return value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}
