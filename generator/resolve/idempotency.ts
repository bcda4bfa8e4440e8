import { isObject, member, stringMember } from "../document/json.js";
import type { JsonObject } from "../document/source.js";
import { diagnostic } from "../diagnostics/codes.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import type { Placed } from "./references.js";
import type { Idempotency, Operation, Parameter } from "./resolved-api.js";

/** Whether a method by itself promises that its requests may be repeated (RFC 9110, 9.2.2). */
function promisedIdempotency(method: string): Idempotency {
  return IDEMPOTENT.has(method) ? "always" : "never";
}

/** Whether an operation is what its method promises. */
export function isPromised({
  method,
  idempotency,
}: Pick<Operation, "method" | "idempotency">): boolean {
  return idempotency === promisedIdempotency(method);
}

/** Methods whose requests may be repeated with the effect of one (RFC 9110, 9.2.2; RFC 10008, 2). */
const IDEMPOTENT: ReadonlySet<string> = new Set([
  "GET",
  "HEAD",
  "OPTIONS",
  "PUT",
  "DELETE",
  "QUERY",
]);

/**
 * Whether a request may be sent again: what its method promises, unless the extension of that name says otherwise
 * with `true`, with `false`, or with `{ header: NAME }` where the server knows a repetition by that header.
 *
 * @param extension `undefined` where the configuration names none
 */
export function* resolveIdempotency(
  operation: Placed<JsonObject>,
  method: string,
  parameters: readonly Parameter[],
  extension: string | undefined,
): Findings<Idempotency> {
  const promised = promisedIdempotency(method);
  if (extension === undefined) return promised;
  const stated = member(operation.value, extension);
  if (stated === undefined) return promised;
  if (typeof stated === "boolean") return stated ? "always" : "never";
  const place = { pointer: `${operation.pointer}/${extension}` };
  const header = stringMember(stated, "header");
  if (!isObject(stated) || header === undefined || Object.keys(stated).length > 1) {
    yield diagnostic("invalid-extension", {
      message: `${quoted(extension)} has to be true, false, or an object with the one member header.`,
      hint: "Write true where sending the request twice has the effect of once, and { header: NAME } where a header says that it is the same request.",
      place,
    });
    return promised;
  }
  const declared = parameters.find(
    ({ location, name }) => location === "header" && name.toLowerCase() === header.toLowerCase(),
  );
  if (declared === undefined) {
    yield diagnostic("invalid-extension", {
      message: `${quoted(extension)} names the header ${quoted(header)}, which is no parameter of this operation.`,
      hint: "Declare it as a header parameter, so that a caller can choose its value.",
      place,
    });
    return promised;
  }
  return { header: declared.name };
}
