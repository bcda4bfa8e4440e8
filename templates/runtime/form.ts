import type { RequestBody } from "./call.js";
import { isJson } from "./media-type.js";
import {
  fieldsOf,
  formPairs,
  isPresent,
  members,
  percentEncode,
  type StyledValue,
} from "./parameters.js";

/**
 * How a property of a form is written (OpenAPI 3.1, "Encoding Object"): a style, such as
 * `commaDelimited` of `styles.ts`, or a media type.
 */
export type PropertyEncoding = string | ((value: unknown) => StyledValue);

/** Encodings by property name. */
export type FormEncoding = Readonly<Record<string, PropertyEncoding>>;

/**
 * A body of type `application/x-www-form-urlencoded` (WHATWG, "URL Standard", section 5): a space is
 * `+`, everything but the unreserved characters is percent-encoded.
 *
 * Without an encoding an array repeats its name, and objects, also those in an array, are JSON
 * (OpenAPI 3.1, "Encoding Object", `contentType`). `undefined` and `null` are left out.
 *
 * @param value - `undefined` means no body.
 */
export function form(value: unknown, encoding: FormEncoding = {}): RequestBody | undefined {
  if (value === undefined) return undefined;
  const encodings = new Map(Object.entries(encoding));
  return {
    contentType: "application/x-www-form-urlencoded",
    encode: () =>
      fieldsOf(value)
        .flatMap(([name, property]) =>
          formPairs(name, encodedProperty(property, encodings.get(name)), percentEncode),
        )
        .map((pair) => pair.join("=").replaceAll("%20", "+"))
        .join("&"),
  };
}

function encodedProperty(value: unknown, encoding: PropertyEncoding | undefined): unknown {
  if (!isPresent(value)) return undefined;
  if (typeof encoding === "function") return encoding(value);
  if (typeof encoding === "string") return isJson(encoding) ? JSON.stringify(value) : value;
  return Array.isArray(value) ? value.map(scalarOrJson) : scalarOrJson(value);
}

function scalarOrJson(value: unknown): unknown {
  return members(value) === undefined ? value : JSON.stringify(value);
}
