import { collect } from "../diagnostics/diagnostic.js";
import { objectMember, sortedEntries } from "../document/json.js";
import { childPointer, pointerTo, resolvePointer } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { operationsOfPath } from "./methods.js";
import { operationAt } from "./operations.js";
import { follow } from "./references.js";
import type { Operation, ResolvedApi } from "./resolved-api.js";
import type { Route } from "./routes.js";

/** An operation that the server calls and the client answers. */
export interface CalledOperation {
  /** The name of the webhook, or the key of the callback. */
  readonly name: string;
  /** Its path is the name of the webhook, or the expression that tells the URL of the callback. */
  readonly operation: Operation;
}

/** The webhooks of a document (OpenAPI 3.1, 4.8.1), by name and then by method. */
export function webhooksOf({ document }: ResolvedApi): readonly CalledOperation[] {
  return sortedEntries(objectMember(document, "webhooks")).flatMap(([name, item]) =>
    calledAt(document, name, item, pointerTo("webhooks", name)).map((operation) => ({
      name,
      operation,
    })),
  );
}

/** The callbacks of an operation (OpenAPI 3.1, 4.8.18), by name, expression and method. Those of callbacks are left out. */
export function callbacksOf(
  { document }: ResolvedApi,
  { pointer }: Operation,
): readonly CalledOperation[] {
  const callbacks = objectMember(resolvePointer(document, pointer), "callbacks");
  return sortedEntries(callbacks).flatMap(([name, value]) => {
    const callback = follow(document, value, childPointer(pointer, "callbacks", name));
    return sortedEntries(callback?.value)
      .filter(([expression]) => !expression.startsWith("x-"))
      .flatMap(([expression, item]) =>
        calledAt(document, expression, item, childPointer(callback?.pointer ?? "", expression)),
      )
      .map((operation) => ({ name, operation }));
  });
}

/** What is odd about them is told to nobody, for they are no part of a client. */
function calledAt(
  document: JsonObject,
  key: string,
  value: JsonValue,
  pointer: string,
): readonly Operation[] {
  const item = follow(document, value, pointer);
  if (item === undefined) return [];
  const context = { document, extensions: {}, pages: new Set<string>(), labels: new Set<string>() };
  // Where it goes is told when it is sent, so that nothing of the key is a parameter.
  const route: Route = { path: key, query: new Map(), names: [] };
  return (collect(operationsOfPath(item)).value ?? []).flatMap((found) => {
    const placed = { key, item, ...found };
    return collect(operationAt(context, placed, key, route)).value ?? [];
  });
}
