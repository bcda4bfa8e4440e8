import { slotsOf } from "../document/grammar.js";
import { member, objectMember, stringMember, stringsMember } from "../document/json.js";
import { pointerTo } from "../document/pointer.js";
import type { JsonObject } from "../document/source.js";
import { follow, type Placed } from "../resolve/references.js";
import { matchesPath } from "./path-pattern.js";
import type { OperationFilter } from "./selection.js";

/** A path of the document, and the path item that it has, a reference followed. */
export interface ListedPath {
  readonly path: string;
  /** `undefined` where it has none. */
  readonly item: Placed<JsonObject> | undefined;
  readonly operations: readonly ListedOperation[];
}

/** What is known of an operation before it is resolved; it may be of any shape yet. */
export interface ListedOperation {
  readonly path: string;
  /** As it is sent. */
  readonly method: string;
  /** The way from the path item to the operation. */
  readonly tokens: readonly string[];
  readonly operationId: string | undefined;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
}

/** The paths of a document with all operations, in its order. */
export function listPaths(document: JsonObject): readonly ListedPath[] {
  const paths = objectMember(document, "paths") ?? {};
  return Object.keys(paths)
    .filter((path) => !path.startsWith("x-"))
    .map((path) => {
      const item = follow(document, member(paths, path), pointerTo("paths", path));
      return { path, item, operations: item === undefined ? [] : operationsOf(path, item.value) };
    });
}

function operationsOf(path: string, item: JsonObject): readonly ListedOperation[] {
  return slotsOf(item, "pathItem")
    .filter(({ kind, shape }) => kind === "operation" && shape === "one")
    .map(({ tokens, value }) => ({
      path,
      method: sentMethod(tokens),
      tokens,
      operationId: stringMember(value, "operationId"),
      tags: stringsMember(value, "tags"),
      deprecated: member(value, "deprecated") === true,
    }));
}

/** `GET /pets`: what tells an operation from all others. */
export function titleOf({ method, path }: ListedOperation): string {
  return `${method} ${path}`;
}

/** The fields of a path item are methods in lower case; case counts in `additionalOperations` (OpenAPI 3.2). */
function sentMethod(tokens: readonly string[]): string {
  const method = tokens.at(-1) ?? "";
  return tokens.length === 1 ? method.toUpperCase() : method;
}

/** Tells whether any entry of a filter matches an operation. */
export function matchesFilter(filter: OperationFilter, operation: ListedOperation): boolean {
  return (
    (filter.deprecated && operation.deprecated) ||
    filter.tags.some(({ text }) => hasTag(text, operation)) ||
    filter.paths.some(({ text }) => matchesPath(text, operation.path)) ||
    filter.operations.some(({ text }) => isNamed(text, operation))
  );
}

/** Tells whether an operation has a tag. */
export function hasTag(tag: string, { tags }: ListedOperation): boolean {
  return tags.includes(tag);
}

/** Tells whether a text names an operation: by its id, or by its method and path as in `GET /pets/*`. */
export function isNamed(text: string, operation: ListedOperation): boolean {
  if (text === operation.operationId) return true;
  const [method = "", ...rest] = text.split(" ");
  return (
    method.toUpperCase() === operation.method.toUpperCase() &&
    matchesPath(rest.join(" "), operation.path)
  );
}
