import type { Example } from "../examples/example.js";
import { compareText } from "../document/json.js";
import type { ClassReference, OperationReference } from "./reference.js";

/**
 * The program to begin with: a GET that needs no arguments and gives something to look at; without credentials, or else
 * with those that most operations take. Of several, the one whose path is shortest.
 */
export function startOf(classes: readonly ClassReference[]): Example | undefined {
  const operations = classes.flatMap((one) => one.operations);
  const usual = usualScheme(operations);
  const [first] = operations
    .map((operation) => ({ operation, rank: rankOf(operation, usual) }))
    .sort((left, right) => left.rank - right.rank || byPath(left.operation, right.operation));
  const examples = first?.operation.examples.made() ?? [];
  return (
    examples.find(({ schemes }) => schemes.length === 0) ??
    examples.find(({ schemes }) => schemes.length === 1 && schemes[0] === usual) ??
    examples[0]
  );
}

/** The lower the better to begin with: what is named first counts most. */
function rankOf(operation: OperationReference, usual: string | undefined): number {
  const isUsual = operation.security.some(
    ([only, ...others]) => only?.scheme === usual && others.length === 0,
  );
  return [
    operation.params?.optional === false,
    operation.method !== "GET" || operation.kind === "url",
    operation.deprecated || operation.servers.length > 0,
    !tellsSomething(operation),
    !operation.isAnonymous,
    !isUsual && !operation.isAnonymous,
    isHidden(operation),
  ].reduce((rank, isWorse) => rank * 2 + Number(isWorse), 0);
}

/** Whether the answer has fields to look at, and says more than that all went well, as the type of errors would. */
function tellsSomething({ answers, responses }: OperationReference): boolean {
  const type = answers[0]?.type;
  if (type?.kind !== "named") return false;
  const errors = responses.flatMap(({ success, content }) => (success ? [] : content));
  return !errors.some((error) => error.type.kind === "named" && error.type.name === type.name);
}

/** Whether a path is for programs, as those of well-known URIs (RFC 8615). */
function isHidden({ path }: OperationReference): boolean {
  return path.includes("/.");
}

function byPath(left: OperationReference, right: OperationReference): number {
  const [one, other] = [withoutVersion(left.path), withoutVersion(right.path)];
  return (
    one.split("/").length - other.split("/").length ||
    one.length - other.length ||
    compareText(one, other) ||
    // Of two versions of the same, the later one.
    compareText(right.path, left.path)
  );
}

function withoutVersion(path: string): string {
  return path.replace(/\/v\d+(?=\/)/, "");
}

/** The scheme that is enough by itself for most operations. */
function usualScheme(operations: readonly OperationReference[]): string | undefined {
  const counts = new Map<string, number>();
  for (const [only, ...others] of operations.flatMap(({ security }) => security)) {
    if (only !== undefined && others.length === 0)
      counts.set(only.scheme, (counts.get(only.scheme) ?? 0) + 1);
  }
  const [most] = [...counts].sort(
    ([one, left], [other, right]) => right - left || compareText(one, other),
  );
  return most?.[0];
}
