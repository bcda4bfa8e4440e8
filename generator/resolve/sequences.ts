import { arrayMember, isObject, member, stringMember } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import type { PartEncoding, PartEncodings } from "./resolved-api.js";

/**
 * Tells whether a media type, in lower case and without parameters, is a sequence of JSON values (OpenAPI 3.2,
 * "Sequential JSON"): a line for each, or what RFC 7464 and RFC 8091 frame by record separators.
 */
export function isJsonSequence(essence: string): boolean {
  return (
    /^application\/(?:x-)?(?:jsonl|jsonlines|json-lines|ndjson)$/.test(essence) ||
    /^application\/json-seq$|\+(?:json-seq|jsonl|ndjson)$/.test(essence)
  );
}

/** Tells whether a media type has parts that are told apart by their order, and not by names (RFC 2046, 5.1). */
export function hasOrderedParts(essence: string): boolean {
  return essence.startsWith("multipart/") && !/^multipart\/(?:form-data$|\*)/.test(essence);
}

/**
 * How the parts of a multipart body are encoded by position (OpenAPI 3.2, "Encoding By Position"), at the media type or
 * nested in an encoding; `undefined` where nothing says so.
 */
export function partEncodings(owner: JsonObject | undefined): PartEncodings | undefined {
  const item = member(owner, "itemEncoding");
  if (!isObject(item) && !Array.isArray(member(owner, "prefixEncoding"))) return undefined;
  return {
    prefix: arrayMember(owner, "prefixEncoding").map(partEncoding),
    item: isObject(item) ? partEncoding(item) : undefined,
  };
}

/** A media type or range (OpenAPI 3.2, "Encoding Object"): it is written into the body, beside the part. */
const MEDIA_RANGE = /^[-\w!#$%&'*+.^`|~]+\/[-\w!#$%&'*+.^`|~]+(?:;[\x20-\x7e]*)?$/;

function isMediaRanges(text: string): boolean {
  return text.split(",").every((range) => MEDIA_RANGE.test(range.trim()));
}

function partEncoding(encoding: JsonValue): PartEncoding {
  const contentType = stringMember(encoding, "contentType");
  return {
    contentType: contentType !== undefined && isMediaRanges(contentType) ? contentType : undefined,
    parts: isObject(encoding) ? partEncodings(encoding) : undefined,
  };
}
