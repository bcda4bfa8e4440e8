import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, Findings } from "../diagnostics/diagnostic.js";
import { compareText, isObject, member, objectMember, setMember } from "../document/json.js";
import { pointerTo } from "../document/pointer.js";
import type { JsonObject } from "../document/source.js";
import { NOTHING_LEFT_OUT, type LeftOut } from "../resolve/resolved-api.js";
import { keepTargets } from "./keep-targets.js";
import {
  listPaths,
  matchesFilter,
  titleOf,
  type ListedOperation,
  type ListedPath,
} from "./operations.js";
import { matchesPath } from "./path-pattern.js";
import { prune } from "./prune.js";
import type { FilterEntry, Selection } from "./selection.js";
import { unmatchedEntries } from "./unmatched.js";

/** A document without what is not wanted, and the names of that. */
export interface Selected {
  readonly document: JsonObject;
  /** Where in the whole document stands what has moved: pointers, old ones by new ones. */
  readonly moved: ReadonlyMap<string, string>;
  /** Names are settled with these in mind, so that no selection changes the name of anything else. */
  readonly leftOut: LeftOut;
}

/**
 * Leaves operations out of a document, and the components that then nothing uses, before anything else looks at them:
 * what is left out causes no finding. The document itself stays as it is, and there is a value beside errors too.
 *
 * @param other the document that this one is compared with: what the selection names may be in either of them
 */
export function selectOperations(
  document: JsonObject,
  selection: Selection = { prune: false },
  other: JsonObject = {},
): { readonly value: Selected; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const findings = select(document, selection, other);
  for (;;) {
    const step = findings.next();
    if (step.done === true) return { value: step.value, diagnostics };
    diagnostics.push(step.value);
  }
}

function* select(whole: JsonObject, selection: Selection, other: JsonObject): Findings<Selected> {
  const chosen = yield* chooseOperations(whole, selection, other);
  if (!selection.prune) return chosen;
  const { document, schemas } = prune(chosen.document);
  return {
    ...chosen,
    document,
    leftOut: { ...chosen.leftOut, schemas },
  };
}

function* chooseOperations(
  document: JsonObject,
  selection: Selection,
  other: JsonObject,
): Findings<Selected> {
  const { include, exclude } = selection;
  const all: Selected = { document, moved: new Map(), leftOut: NOTHING_LEFT_OUT };
  if (include === undefined && exclude === undefined) return all;
  // What is wrong with the paths themselves is told by those who read them.
  if (objectMember(document, "paths") === undefined) return all;
  const paths = listPaths(document);
  const operations = paths.flatMap((listed) => listed.operations);
  // In an order of their own, so that the same is said with either document.
  const known = [...operations, ...listPaths(other).flatMap((listed) => listed.operations)].sort(
    (left, right) => compareText(titleOf(left), titleOf(right)),
  );
  const unmatched = [include, exclude].flatMap((filter) =>
    filter === undefined ? [] : unmatchedEntries(filter, known),
  );
  yield* unmatched;
  const kept = new Set(operations.filter((operation) => isSelected(operation, selection)));
  const isEmpty = !known.some((operation) => isSelected(operation, selection));
  // Entries that match nothing are why nothing is left.
  if (isEmpty && operations.length > 0 && unmatched.length === 0) yield emptySelection(selection);
  return {
    ...withPaths(document, paths, (listed) => reduced(listed, kept, selection)),
    leftOut: {
      operations: operations.filter((operation) => !kept.has(operation)).map(namesOf),
      schemas: [],
    },
  };
}

function isSelected(operation: ListedOperation, { include, exclude }: Selection): boolean {
  return (
    (include === undefined || matchesFilter(include, operation)) &&
    (exclude === undefined || !matchesFilter(exclude, operation))
  );
}

function namesOf({
  method,
  path,
  operationId,
  tags,
}: ListedOperation): LeftOut["operations"][number] {
  return { method, path: path.startsWith("/") ? path : `/${path}`, operationId, tag: tags[0] };
}

function emptySelection({ include, exclude }: Selection): Diagnostic {
  const place = firstPlace([include, exclude].flatMap((filter) => filter ?? []));
  return diagnostic("empty-selection", {
    message: "include and exclude together leave no operation of the document.",
    hint: "An operation is taken that any entry of include matches, and no entry of exclude. Remove entries of exclude, or add some to include.",
    ...(place === undefined ? {} : { place }),
  });
}

function firstPlace(
  filters: readonly Readonly<Record<"tags" | "paths" | "operations", readonly FilterEntry[]>>[],
): FilterEntry["place"] {
  return filters
    .flatMap(({ tags, paths, operations }) => [...tags, ...paths, ...operations])
    .find(({ place }) => place !== undefined)?.place;
}

/* --------------------------------------------------------------- what is left */

/** What becomes of a path: it stays as it is, it goes, or it gets another path item. */
type Fate = "as it is" | "gone" | JsonObject;

function reduced(
  { path, item, operations }: ListedPath,
  kept: ReadonlySet<ListedOperation>,
  { include, exclude }: Selection,
): Fate {
  const staying = operations.filter((operation) => kept.has(operation));
  if (operations.length === 0) {
    const isExcluded = exclude?.paths.some(({ text }) => matchesPath(text, path)) === true;
    return include === undefined && !isExcluded ? "as it is" : "gone";
  }
  if (staying.length === operations.length || item === undefined) return "as it is";
  if (staying.length === 0) return "gone";
  return operations
    .filter((operation) => !kept.has(operation))
    .reduce((value, { tokens }) => without(value, tokens), item.value);
}

/** A copy of an object without what lies below it; what is not on the way there is shared. */
function without(object: JsonObject, [first = "", ...rest]: readonly string[]): JsonObject {
  const copy: JsonObject = {};
  for (const [key, value] of Object.entries(object)) {
    if (key !== first) setMember(copy, key, value ?? null);
    else if (rest.length > 0 && isObject(value)) setMember(copy, key, without(value, rest));
  }
  return copy;
}

function withPaths(
  document: JsonObject,
  listed: readonly ListedPath[],
  fateOf: (path: ListedPath) => Fate,
): Omit<Selected, "leftOut"> {
  const before = objectMember(document, "paths") ?? {};
  const byPath = new Map(listed.map((path) => [path.path, path]));
  const moved = new Map<string, string>();
  const paths: JsonObject = {};
  for (const key of Object.keys(before)) {
    const path = byPath.get(key);
    const fate = path === undefined ? "as it is" : fateOf(path);
    if (fate === "gone") continue;
    setMember(paths, key, fate === "as it is" ? (member(before, key) ?? null) : fate);
    // A path item that was referred to is written out, and so stands where it did.
    if (fate !== "as it is" && path?.item !== undefined)
      moved.set(pointerTo("paths", key), path.item.pointer);
  }
  const kept = keepTargets({ ...document, paths }, document);
  return {
    document: kept.document,
    moved: new Map([...moved, ...kept.moved]),
  };
}

/** A place of what was selected, as a place of the whole document. */
export function placeInWhole(pointer: string, moved: Selected["moved"]): string {
  for (let prefix = pointer; prefix !== ""; prefix = prefix.slice(0, prefix.lastIndexOf("/"))) {
    const before = moved.get(prefix);
    if (before !== undefined) return before + pointer.slice(prefix.length);
  }
  return pointer;
}
