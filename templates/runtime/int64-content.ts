import type { Int64Schema } from "./int64-schema.js";
import { isPresent, members, scalar, StyledValue } from "./parameters.js";
import { stringifyInt64 } from "./stringify-int64.js";
import { jsonContent } from "./styles.js";

/*
 * JSON in places other than a body, where its 64-bit integers are bigints or strings. `schema` says where strings are
 * integers; a bigint is one anywhere.
 */

/** A parameter with `content: application/json`, or a property of a form that is encoded so. */
export function int64Content(value: unknown, schema?: Int64Schema): StyledValue {
  return jsonContent(value, (content) => stringifyInt64(content, schema));
}

/**
 * A property of a form that `form` and `multipart` write as JSON by themselves: each item of an array by itself.
 *
 * @param mediaType - makes each part of a multipart body a file of this type, as an encoding does.
 */
export function int64Parts(value: unknown, schema?: Int64Schema, mediaType?: string): StyledValue {
  const isList = Array.isArray(value);
  const items: readonly unknown[] = isList ? value : [value];
  // The schema is that of the whole property, and so is what is written, but for the brackets.
  const text = (item: unknown): string =>
    isPresent(item) && members(item) === undefined && mediaType === undefined
      ? scalar(item)
      : isList
        ? (stringifyInt64([item], schema)?.slice(1, -1) ?? "")
        : (stringifyInt64(item, schema) ?? "");
  return new StyledValue(
    (name, encode) => items.filter(isPresent).map((item) => [encode(name), encode(text(item))]),
    (name) =>
      items
        .filter((item) => item !== undefined)
        .map((item) => [
          name,
          mediaType === undefined ? text(item) : new Blob([text(item)], { type: mediaType }),
        ]),
  );
}
