import type { Findings } from "../../diagnostics/diagnostic.js";
import type { NodeKind } from "../grammar.js";
import { member } from "../json.js";
import { childPointer } from "../pointer.js";
import type { JsonObject, JsonValue } from "../source.js";
import type { Context } from "./context.js";
import { withChildren, without } from "./copy.js";
import { found, newer } from "./findings.js";
import {
  isPayload,
  listedParameters,
  payloadOf,
  type ListedParameter,
} from "./listed-parameters.js";
import { mediaTypeList } from "./media-type-lists.js";
import { upgradeListed } from "./parameters.js";
import { upgradePayload } from "./request-bodies.js";
import { upgradeResponses } from "./responses.js";
import { upgradeSchemasIn } from "./schemas.js";
import { ownServers } from "./servers.js";

/** A Path Item Object. What makes a body moves from it to its operations, for a path has no body. */
export function* upgradePathItem(
  item: JsonObject,
  pointer: string,
  context: Context,
): Findings<JsonObject> {
  const rest = without(item, "parameters");
  const shared = yield* listedParameters(item, pointer, context.document);
  const upgraded = yield* withChildren(rest, "pathItem", pointer, (value, kind, place) =>
    kind === "operation"
      ? upgradeOperation(value, place, shared, context)
      : upgradeSchemasIn(value, kind, place, context),
  );
  yield* newerFields(rest, ["servers"], pointer);
  if (shared.length === 0) return upgraded;
  return { ...upgraded, parameters: yield* otherParameters(shared, context) };
}

function* upgradeOperation(
  operation: JsonObject,
  pointer: string,
  shared: readonly ListedParameter[],
  context: Context,
): Findings<JsonObject> {
  const rest = without(operation, "parameters", "consumes", "produces", "schemes");
  const own = yield* listedParameters(operation, pointer, context.document);
  const upgraded = yield* upgradeRest(rest, pointer, operation, context);
  const types = (yield* mediaTypeList(operation, "consumes", pointer)) ?? context.consumes;
  const requestBody = yield* upgradePayload(yield* payloadOf(shared, own), types, context);
  yield* newerFields(rest, ["callbacks", "servers"], pointer);
  yield* newerBody(rest, requestBody !== undefined, pointer);
  const servers = yield* ownServers(operation, pointer, context.server);
  return {
    ...upgraded,
    ...(own.length === 0 ? {} : { parameters: yield* otherParameters(own, context) }),
    ...(requestBody === undefined ? {} : { requestBody }),
    ...(servers.length === 0 ? {} : { servers: [...servers] }),
  };
}

/** Everything of an operation but its parameters: its responses, and what is of OpenAPI 3. */
function* upgradeRest(
  rest: JsonObject,
  pointer: string,
  operation: JsonObject,
  context: Context,
): Findings<JsonObject> {
  const produces = yield* mediaTypeList(operation, "produces", pointer);
  return yield* withChildren(
    rest,
    "operation",
    pointer,
    (value: JsonObject, kind: NodeKind, place: string): Findings<JsonValue> =>
      kind === "responses"
        ? upgradeResponses(value, place, produces, context)
        : upgradeSchemasIn(value, kind, place, context),
  );
}

/** The parameters that are no part of a body. */
function* otherParameters(
  listed: readonly ListedParameter[],
  context: Context,
): Findings<JsonObject[]> {
  const upgraded: JsonObject[] = [];
  for (const parameter of listed) {
    if (isPayload(parameter)) continue;
    const made = yield* upgradeListed(parameter, context);
    if (made !== undefined) upgraded.push(made);
  }
  return upgraded;
}

/** A `requestBody` is read, unless there are parameters that make the body. */
function* newerBody(rest: JsonObject, hasOther: boolean, pointer: string): Findings<void> {
  if (member(rest, "requestBody") === undefined) return;
  const place = childPointer(pointer, "requestBody");
  yield hasOther
    ? found("body-beside-form", {
        message: "requestBody stands beside parameters that make the body; it is ignored.",
        hint: "Remove it: Swagger 2.0 has parameters for that.",
        pointer: place,
      })
    : newer(
        "requestBody",
        "Write a parameter with in: body, or with in: formData for each field of a form.",
        place,
      );
}

const INSTEAD: Readonly<Record<string, string>> = {
  servers: "Write host, basePath and schemes at the top of the document.",
  callbacks: "They are no part of a client.",
};

function* newerFields(owner: JsonObject, keys: readonly string[], pointer: string): Findings<void> {
  for (const key of keys) {
    if (member(owner, key) !== undefined)
      yield newer(key, INSTEAD[key] ?? "", childPointer(pointer, key));
  }
}
