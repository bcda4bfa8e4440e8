import { member, objectMember, sortedEntries } from "../document/json.js";
import { childPointer } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { diagnostic } from "../diagnostics/codes.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { eventData } from "./event-streams.js";
import { isSchema, resolveContent } from "./media-types.js";
import { follow, overridingText, type Placed } from "./references.js";
import type { Response, ResponseHeader, ResponseStatus } from "./resolved-api.js";

/**
 * What a method can be answered with (OpenAPI 3.1, 4.8.16): codes in order, then ranges, then `default`. There is
 * always one that succeeds: `default` where no 2xx is documented, or else an empty `2XX` that is reported.
 */
export function* resolveResponses(
  document: JsonObject,
  operation: Placed<JsonObject>,
  method: string,
): Findings<readonly Response[]> {
  const pointer = `${operation.pointer}/responses`;
  const found: Response[] = [];
  for (const [key, value] of sortedEntries(objectMember(operation.value, "responses"))) {
    if (key.startsWith("x-")) continue;
    const status = statusOf(key);
    if (status === undefined) {
      yield invalidStatus(key, childPointer(pointer, key));
      continue;
    }
    found.push(yield* resolveResponse(document, method, status, value, `${pointer}/${key}`));
  }
  return yield* withSuccess(
    found.sort((left, right) => order(left.status) - order(right.status)),
    operation.pointer,
  );
}

function* resolveResponse(
  document: JsonObject,
  method: string,
  status: ResponseStatus,
  value: JsonValue,
  pointer: string,
): Findings<Response> {
  const target = follow(document, value, pointer);
  const content = objectMember(target?.value, "content");
  const mediaTypes =
    target === undefined || hasNoBody(method, status)
      ? []
      : yield* resolveContent(document, content, `${target.pointer}/content`, "response");
  return {
    pointer,
    status,
    description: target && descriptionOf(value, target.value),
    headers: headersOf(document, target),
    mediaTypes: mediaTypes.map((mediaType) =>
      mediaType.kind === "eventStream"
        ? { ...mediaType, eventData: eventData(document, mediaType.schema) }
        : mediaType,
    ),
    success: isSuccessStatus(status),
  };
}

/** From 3.2 on a response can have a summary, and do without a description (OpenAPI 3.2, "Response Object"). */
function descriptionOf(value: JsonValue, response: JsonObject): string | undefined {
  return (
    overridingText(value, response, "description") ?? overridingText(value, response, "summary")
  );
}

/** These never have a body (RFC 9110, 9.3.2, 15.3.5, 15.3.6 and 15.4.5). */
function hasNoBody(method: string, status: ResponseStatus): boolean {
  return method === "HEAD" || status === 204 || status === 205 || status === 304;
}

function isSuccessStatus(status: ResponseStatus): boolean {
  return status === "2XX" || (typeof status === "number" && status >= 200 && status < 300);
}

function headersOf(
  document: JsonObject,
  response: Placed<JsonObject> | undefined,
): readonly ResponseHeader[] {
  return sortedEntries(objectMember(response?.value, "headers")).map(([name, value]) => {
    const pointer = childPointer(response?.pointer ?? "", "headers", name);
    const header = follow(document, value, pointer);
    return {
      pointer,
      name,
      description:
        header === undefined ? undefined : overridingText(value, header.value, "description"),
      required: member(header?.value, "required") === true,
      deprecated: member(header?.value, "deprecated") === true,
      explode: member(header?.value, "explode") === true,
      ...headerContent(header),
    };
  });
}

/** The schema of a header stands in its `schema`, or in the one media type of its `content`. */
function headerContent(
  header: Placed<JsonObject> | undefined,
): Pick<ResponseHeader, "mediaType" | "schema"> {
  if (header === undefined) return { mediaType: undefined, schema: undefined };
  const { value, pointer } = header;
  const [[mediaType, content] = []] = sortedEntries(objectMember(value, "content"));
  const [owner, place] =
    mediaType === undefined
      ? [value, pointer]
      : [content, childPointer(pointer, "content", mediaType)];
  const schema = member(owner, "schema");
  return {
    mediaType,
    schema: isSchema(schema) ? { schema, pointer: `${place}/schema` } : undefined,
  };
}

/** A three-digit code, a range such as `4XX` in either case, or `default`. */
function statusOf(key: string): ResponseStatus | undefined {
  if (key === "default") return "default";
  if (/^[1-5][0-9]{2}$/.test(key)) return Number(key);
  return /^[1-5]XX$/i.test(key) ? (key.toUpperCase() as ResponseStatus) : undefined;
}

function order(status: ResponseStatus): number {
  if (status === "default") return 2000;
  return typeof status === "number" ? status : 1000 + Number(status[0]);
}

function* withSuccess(
  responses: readonly Response[],
  operation: string,
): Findings<readonly Response[]> {
  if (responses.some((response) => response.success)) return responses;
  if (responses.some((response) => response.status === "default")) {
    return responses.map((response) =>
      response.status === "default" ? { ...response, success: true } : response,
    );
  }
  yield diagnostic("no-success-response", {
    message: "No response of this operation is a success; the client gives undefined for any 2xx.",
    hint: "Add the 2xx response that the server sends, with its content.",
    place: { pointer: operation },
  });
  const implied: Response = {
    pointer: operation,
    status: "2XX",
    description: undefined,
    headers: [],
    mediaTypes: [],
    success: true,
  };
  return [...responses, implied].sort((left, right) => order(left.status) - order(right.status));
}

function invalidStatus(key: string, pointer: string): ReturnType<typeof diagnostic> {
  return diagnostic("invalid-status", {
    message: `${quoted(key)} is no status code that a response can stand under.`,
    hint: "Use a three-digit code, a range such as 4XX, or default. The response is left out of the client.",
    place: { pointer },
  });
}
