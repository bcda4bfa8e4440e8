import type { NamedBy } from "../resolve/resolved-api.js";
import { assignPinned } from "./collisions.js";
import { RESERVED_MEMBERS } from "./reserved.js";
import { camelCase, pascalCase } from "./words.js";

/** What tells an operation apart whatever its id or tag: method and path. */
export function operationIdentity(operation: NamedBy): string {
  return `${operation.method} ${operation.path}`;
}

/**
 * Method names, by identity, unique in the whole service: the operationId in camel case, or a name made of method
 * and path where there is none, where it is no name, or where two operations would have the same one.
 *
 * @param pinned what they were called, by identity: who can keep that does
 */
export function nameMethods(
  operations: readonly NamedBy[],
  pinned: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return assignPinned(
    operations.map((operation) => ({
      identity: operationIdentity(operation),
      names: methodNames(operation),
    })),
    pinned,
    { taken: (name) => RESERVED_MEMBERS.has(name) },
  );
}

function methodNames(operation: NamedBy): readonly string[] {
  const fromId = camelCase(operation.operationId ?? "");
  const fromPath = camelCase(nameFromPath(operation));
  const names = RESERVED_MEMBERS.has(fromId) ? [`${fromId}Operation`] : [fromId];
  return [
    ...names,
    fromPath,
    camelCase(`${operation.method.toLowerCase()} ${operation.path}`),
  ].filter((name) => name !== "");
}

/**
 * `GET /api/v1/users/{id}/token-sessions` becomes `getUsersByIdTokenSessions`. A leading `api` and `v1` say nothing;
 * later versions go to the end, so that `/api/v2/search` is `getSearchV2`.
 */
function nameFromPath(operation: NamedBy): string {
  const segments = operation.path.split("/").filter((segment) => segment !== "");
  if (segments[0] === "api") segments.shift();
  const version = /^v[0-9]+$/.test(segments[0] ?? "") ? segments.shift() : undefined;
  const words = segments.map((segment) => segment.replace(/\{([^{}]*)\}/g, " by $1 "));
  const suffix = version === undefined || version === "v1" ? "" : pascalCase(version);
  return [operation.method.toLowerCase(), ...words, suffix].join(" ");
}
