import { diagnostic } from "../diagnostics/codes.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { isObject, member, objectMember, sortedEntries } from "../document/json.js";
import { childPointer } from "../document/pointer.js";
import type { JsonObject } from "../document/source.js";
import type { Placed } from "./references.js";

/** The fields of a Path Item Object that are methods, in the order in which they are emitted (OpenAPI 3.2, "Path Item Object"). */
export const METHOD_FIELDS = [
  "get",
  "head",
  "options",
  "query",
  "post",
  "put",
  "patch",
  "delete",
  "trace",
] as const;

/** An operation of a path, and its method as it is sent. */
export interface MethodOperation {
  readonly method: string;
  readonly operation: Placed<JsonObject>;
}

/** The operations of a path that can be sent: those of the fields in their order, then the additional ones by name. */
export function* operationsOfPath(item: Placed<JsonObject>): Findings<readonly MethodOperation[]> {
  const found: MethodOperation[] = [];
  for (const field of METHOD_FIELDS) {
    const value = member(item.value, field);
    if (!isObject(value)) continue;
    const pointer = `${item.pointer}/${field}`;
    const method = field.toUpperCase();
    if (yield* isSendable(method, pointer)) found.push({ method, operation: { value, pointer } });
  }
  return [...found, ...(yield* additionalOperations(item, found))].sort(
    (left, right) => order(left) - order(right),
  );
}

/** The fields come in their order; what has no field stays in the order of its names, for sorting is stable. */
function order({ method }: MethodOperation): number {
  const index = METHOD_FIELDS.findIndex((field) => field.toUpperCase() === method);
  return index < 0 ? METHOD_FIELDS.length : index;
}

function* additionalOperations(
  item: Placed<JsonObject>,
  fixed: readonly MethodOperation[],
): Findings<readonly MethodOperation[]> {
  const found: MethodOperation[] = [];
  const pointer = `${item.pointer}/additionalOperations`;
  for (const [key, value] of sortedEntries(objectMember(item.value, "additionalOperations"))) {
    // What is no object was reported with the shapes.
    if (!isObject(value)) continue;
    const place = childPointer(pointer, key);
    if (!(yield* isSendable(key, place))) continue;
    const method = yield* methodOf(key, place, [...fixed, ...found]);
    if (method !== undefined) found.push({ method, operation: { value, pointer: place } });
  }
  return found;
}

/** A method is a token (RFC 9110, 9.1), and case counts in it. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The method that a key means; `undefined` where it is none, or one that the path has already. */
function* methodOf(
  key: string,
  pointer: string,
  others: readonly MethodOperation[],
): Findings<string | undefined> {
  if (!TOKEN.test(key)) {
    yield diagnostic("invalid-method", {
      message: `${quoted(key)} cannot be a method; the operation is left out of the client.`,
      hint: "A method is made of letters, digits and -_.!#$%&'*+^`|~ (RFC 9110, 9.1), like COPY.",
      place: { pointer },
    });
    return undefined;
  }
  // `fetch` writes most of them in capitals whatever a caller does (Fetch, "normalize"), and servers want all of them so.
  const field = METHOD_FIELDS.find((known) => known === key.toLowerCase());
  if (field === undefined) return key;
  const method = field.toUpperCase();
  const isTaken = others.some((other) => other.method === method);
  yield diagnostic("method-with-field", {
    message: `The method ${method} has a field of its own, ${field}; the operation is ${isTaken ? "left out of the client, for there is another one" : "read as if it stood there"}.`,
    hint: isTaken
      ? "Keep one of the two operations."
      : `Write it under ${field}, beside additionalOperations.`,
    place: { pointer },
  });
  return isTaken ? undefined : method;
}

/** Methods that no program can send by `fetch` (Fetch, "forbidden method"), in any case. */
const FORBIDDEN: ReadonlySet<string> = new Set(["CONNECT", "TRACE", "TRACK"]);

function* isSendable(method: string, pointer: string): Findings<boolean> {
  const upper = method.toUpperCase();
  if (!FORBIDDEN.has(upper)) return true;
  yield diagnostic("method-not-sendable", {
    message: `fetch refuses to send ${upper}; the operation is left out of the client.`,
    hint: "Nothing is to be done if the server offers it only for debugging; otherwise use another method.",
    place: { pointer },
  });
  return false;
}
