import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { closest } from "../diagnostics/suggest.js";
import { compareText } from "../document/json.js";
import { hasTag, isNamed, titleOf, type ListedOperation } from "./operations.js";
import { matchesPath } from "./path-pattern.js";
import type { FilterEntry, OperationFilter } from "./selection.js";

/** How many names of a document a hint lists. */
const LISTED = 10;

/** Entries of a filter that name nothing: a slip of the pen, or something that the document has no longer. */
export function unmatchedEntries(
  filter: OperationFilter,
  operations: readonly ListedOperation[],
): readonly Diagnostic[] {
  const unmatched = (
    entries: readonly FilterEntry[],
    matches: (text: string, operation: ListedOperation) => boolean,
  ): readonly FilterEntry[] =>
    entries.filter(({ text }) => !operations.some((operation) => matches(text, operation)));
  return [
    ...unmatched(filter.tags, hasTag).map((entry) =>
      noMatch(entry, "No operation has the tag", tagHint(entry.text, operations)),
    ),
    ...unmatched(filter.paths, (text, { path }) => matchesPath(text, path)).map((entry) =>
      noMatch(entry, "No path matches", pathHint(entry.text, operations)),
    ),
    ...unmatched(filter.operations, isNamed).map((entry) =>
      noMatch(entry, "There is no operation", operationHint(entry.text, operations)),
    ),
  ];
}

function noMatch({ text, place }: FilterEntry, problem: string, hint: string): Diagnostic {
  return diagnostic("unmatched-selection", {
    message: `${problem} ${quoted(text)}.`,
    hint,
    ...(place === undefined ? {} : { place }),
  });
}

function tagHint(text: string, operations: readonly ListedOperation[]): string {
  const tags = [...new Set(operations.flatMap((operation) => operation.tags))].sort(compareText);
  const guess = closest(text, tags);
  if (guess !== undefined) return didYouMean(guess);
  if (tags.length === 0) return "No operation of the document has a tag: select by path.";
  const listed = tags.slice(0, LISTED).map(quoted).join(", ");
  return `The tags are ${listed}${tags.length > LISTED ? ` and ${tags.length - LISTED} more` : ""}.`;
}

function pathHint(text: string, operations: readonly ListedOperation[]): string {
  const guess = closest(
    text,
    operations.map(({ path }) => path),
  );
  return guess === undefined
    ? "Write paths as the document does; * stands for a part of a segment and ** for any number of segments."
    : didYouMean(guess);
}

function operationHint(text: string, operations: readonly ListedOperation[]): string {
  const ids = operations.flatMap(({ operationId }) => operationId ?? []);
  const guess = closest(text, text.includes(" ") ? operations.map(titleOf) : ids);
  return guess === undefined
    ? 'Name an operation by its operationId, or by method and path as in "GET /pets/{id}".'
    : didYouMean(guess);
}

function didYouMean(guess: string): string {
  return `Did you mean ${quoted(guess)}?`;
}
