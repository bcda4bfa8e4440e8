import { member, objectMember, sortedEntries, stringMember } from "../document/json.js";
import type { ExtensionNames } from "../document/extension-names.js";
import { pointerTo } from "../document/pointer.js";
import type { JsonObject } from "../document/source.js";
import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { resolveIdempotency } from "./idempotency.js";
import { operationsOfPath } from "./methods.js";
import { resolvePagination } from "./pagination.js";
import { resolveParameters } from "./parameters.js";
import { follow, type Placed } from "./references.js";
import { resolveRequestBody } from "./request-bodies.js";
import type { Operation } from "./resolved-api.js";
import { resolveResponses } from "./responses.js";
import { authorizationPaths, resolveSecurity } from "./security.js";
import {
  checkRoute,
  fixedQuery,
  parametersOn,
  routeOf,
  templateNames,
  type Route,
} from "./routes.js";
import { resolveServers } from "./servers.js";
import { resolveSunset } from "./sunset.js";
import { groupingTag, labelTags } from "./tags.js";

/** All operations of the document, by path and then by method. */
export function* resolveOperations(
  document: JsonObject,
  extensions: ExtensionNames,
): Findings<readonly Operation[]> {
  const context = {
    document,
    extensions,
    pages: authorizationPaths(document),
    labels: labelTags(document),
  };
  const operations: Operation[] = [];
  for (const [path, value] of sortedEntries(objectMember(document, "paths"))) {
    if (path.startsWith("x-")) continue;
    const item = follow(document, value, pointerTo("paths", path));
    if (item === undefined) continue;
    if (!path.startsWith("/")) yield relativePath(path);
    yield* checkRoute(path);
    for (const found of yield* operationsOfPath(item))
      operations.push(yield* resolveOperation(context, { key: path, item, ...found }));
  }
  const single = yield* withoutRepeats(operations);
  yield* repeatedIds(single);
  return single;
}

/** Paths that are put right can come to be the same as others; of these the ones that were right are taken. */
function* withoutRepeats(operations: readonly Operation[]): Findings<readonly Operation[]> {
  const taken = new Map<string, Operation>();
  for (const operation of operations) {
    const identity = `${operation.method} ${operation.path}`;
    const other = taken.get(identity);
    const isRight = operation.pointer.startsWith(`${pointerTo("paths", operation.path)}/`);
    if (other !== undefined) yield repeatedOperation(isRight ? other : operation);
    if (other === undefined || isRight) taken.set(identity, operation);
  }
  const left = new Set(taken.values());
  return operations.filter((operation) => left.has(operation));
}

function repeatedOperation({ method, path, pointer }: Operation): Diagnostic {
  return diagnostic("repeated-operation", {
    message: `${method} ${quoted(path)} stands in the document twice, once under another spelling of the path; this one is left out.`,
    hint: "Begin every path with /, write its parameters as {name}, and leave one of the two (OpenAPI 3.1, 4.8.8).",
    place: { pointer },
  });
}

/** What all operations of a document have in common. */
export interface OperationContext {
  readonly document: JsonObject;
  readonly extensions: ExtensionNames;
  /** Paths of pages that a person opens. */
  readonly pages: ReadonlySet<string>;
  /** Names of tags that group no operations. */
  readonly labels: ReadonlySet<string>;
}

export interface PlacedOperation {
  /** The path as it is written in the document. */
  readonly key: string;
  readonly method: string;
  readonly item: Placed<JsonObject>;
  readonly operation: Placed<JsonObject>;
}

function* resolveOperation(
  context: OperationContext,
  placed: PlacedOperation,
): Findings<Operation> {
  const owners = [placed.item, placed.operation];
  const path = yield* templatedPath(context.document, placed.key, owners);
  return yield* operationAt(context, placed, path, routeOf(path));
}

/** An operation whose requests go where `route` says. */
export function* operationAt(
  { document, extensions, pages, labels }: OperationContext,
  { method, item, operation }: PlacedOperation,
  path: string,
  route: Route,
): Findings<Operation> {
  const own = resolveServers(operation.value);
  const declared = yield* resolveParameters(document, [item, operation], route.names);
  const parameters = parametersOn(route, declared);
  const requestBody = yield* resolveRequestBody(document, operation, method);
  const responses = yield* resolveResponses(document, operation, method);
  return {
    pointer: operation.pointer,
    method,
    path,
    route: route.path,
    fixedQuery: fixedQuery(route),
    operationId: stringMember(operation.value, "operationId"),
    tag: groupingTag(operation.value, labels),
    summary: stringMember(operation.value, "summary") ?? stringMember(item.value, "summary"),
    description:
      stringMember(operation.value, "description") ?? stringMember(item.value, "description"),
    deprecated: member(operation.value, "deprecated") === true,
    parameters,
    requestBody,
    responses,
    security: yield* resolveSecurity(document, operation.value, operation.pointer),
    servers: own.length > 0 ? own : resolveServers(item.value),
    kind: method === "GET" && pages.has(path) ? "url" : "request",
    pagination: yield* resolvePagination(operation, extensions.pagination, {
      document,
      parameters,
      responses,
    }),
    sunset: yield* resolveSunset(operation, extensions.sunset),
    idempotency: yield* resolveIdempotency(operation, method, parameters, extensions.idempotency),
  };
}

/** Express writes `/:name` for what OpenAPI writes as `/{name}`; where a parameter of that name is declared, it is meant. */
function* templatedPath(
  document: JsonObject,
  key: string,
  owners: readonly Placed<JsonObject>[],
): Findings<string> {
  const declared = new Set(owners.flatMap((owner) => declaredPathNames(document, owner)));
  const inTemplate = new Set(templateNames(key));
  const path = (key.startsWith("/") ? key : `/${key}`).replace(
    /(?<=\/):([A-Za-z_][A-Za-z0-9_]*)(?=\/|$)/g,
    (text, name: string) => (declared.has(name) && !inTemplate.has(name) ? `{${name}}` : text),
  );
  if (path !== key && key.startsWith("/")) {
    yield diagnostic("express-path", {
      message: `The path ${quoted(key)} marks a parameter with a colon; it is read as ${quoted(path)}.`,
      hint: "Write path parameters in braces (OpenAPI 3.1, 4.8.8.2).",
      place: { pointer: pointerTo("paths", key) },
    });
  }
  return path;
}

function declaredPathNames(document: JsonObject, owner: Placed<JsonObject>): readonly string[] {
  const parameters = member(owner.value, "parameters");
  if (!Array.isArray(parameters)) return [];
  return parameters
    .map((parameter) => follow(document, parameter, "")?.value)
    .filter((parameter) => stringMember(parameter, "in") === "path")
    .map((parameter) => stringMember(parameter, "name") ?? "");
}

function* repeatedIds(operations: readonly Operation[]): Findings<void> {
  const seen = new Map<string, Operation>();
  for (const operation of operations) {
    if (operation.operationId === undefined) continue;
    const first = seen.get(operation.operationId);
    if (first === undefined) seen.set(operation.operationId, operation);
    else
      yield diagnostic("repeated-operation-id", {
        message: `The operationId ${quoted(operation.operationId)} stands at ${first.method} ${quoted(first.path)} too; both methods get names made of method and path.`,
        hint: "Give each operation an id of its own (OpenAPI 3.1, 4.8.10).",
        place: { pointer: `${operation.pointer}/operationId`, at: "value" },
      });
  }
}

function relativePath(path: string): ReturnType<typeof diagnostic> {
  return diagnostic("path-without-slash", {
    message: `The path ${quoted(path)} does not begin with a slash; one is put before it.`,
    hint: "Begin every path with / (OpenAPI 3.1, 4.8.8).",
    place: { pointer: pointerTo("paths", path) },
  });
}
