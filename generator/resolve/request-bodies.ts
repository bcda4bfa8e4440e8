import { member, objectMember } from "../document/json.js";
import type { JsonObject } from "../document/source.js";
import { diagnostic } from "../diagnostics/codes.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { resolveContent } from "./media-types.js";
import { follow, overridingText, type Placed } from "./references.js";
import type { MediaType, RequestBody } from "./resolved-api.js";

/** Fetch refuses a body on these methods, and servers ignore one (RFC 9110, 9.3.1, 9.3.2 and 9.3.8). */
const WITHOUT_BODY: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/** A stream of events is sent as the text that it is: what writes events is a matter of services. */
function asText(mediaType: MediaType): MediaType {
  return mediaType.kind === "eventStream"
    ? { ...mediaType, kind: "text", schema: undefined, isItemSchema: false }
    : mediaType;
}

/** The body of an operation (OpenAPI 3.1, 4.8.13), or `undefined` where it has none that can be sent. */
export function* resolveRequestBody(
  document: JsonObject,
  operation: Placed<JsonObject>,
  method: string,
): Findings<RequestBody | undefined> {
  const value = member(operation.value, "requestBody");
  const pointer = `${operation.pointer}/requestBody`;
  const target = follow(document, value, pointer);
  if (target === undefined) return undefined;
  if (WITHOUT_BODY.has(method)) {
    yield diagnostic("body-not-sendable", {
      message: `A ${method} request cannot carry a body; the client sends none.`,
      hint: "Describe the values as parameters, or use another method.",
      place: { pointer },
    });
    return undefined;
  }
  const mediaTypes = yield* resolveContent(
    document,
    objectMember(target.value, "content"),
    `${target.pointer}/content`,
    "request",
  );
  if (mediaTypes.length === 0) return undefined;
  return {
    pointer,
    description:
      value === undefined ? undefined : overridingText(value, target.value, "description"),
    required: member(target.value, "required") === true,
    mediaTypes: mediaTypes.map(asText),
  };
}
