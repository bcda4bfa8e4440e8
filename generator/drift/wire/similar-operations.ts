import { valueHash } from "../../document/hashes.js";
import type { JsonValue } from "../../document/source.js";
import type { MediaType, Operation } from "../../resolve/resolved-api.js";
import { summariesAlike } from "./names-alike.js";
import { erasedTemplate } from "./path-template.js";

/**
 * Operations without a common operationId that are one all the same: of one method and tag, with paths that differ in
 * one word, summaries that are nearly the same, and the same bodies and answers. What fits to several others is left.
 */
export function similarOperations(
  before: readonly Operation[],
  now: readonly Operation[],
): readonly (readonly [old: Operation, new: Operation])[] {
  const byVariant = new Map<string, Operation[]>();
  for (const operation of now)
    for (const variant of variantsOf(operation))
      byVariant.set(variant, [...(byVariant.get(variant) ?? []), operation]);
  const candidates = before.map((old) => {
    const others = new Set(variantsOf(old).flatMap((variant) => byVariant.get(variant) ?? []));
    return { old, others: [...others].filter((other) => isAlike(old, other)) };
  });
  const wanted = new Map<Operation, number>();
  for (const { others } of candidates)
    for (const other of others) wanted.set(other, (wanted.get(other) ?? 0) + 1);
  return candidates.flatMap(({ old, others: [other, ...more] }) =>
    other !== undefined && more.length === 0 && wanted.get(other) === 1
      ? [[old, other] as const]
      : [],
  );
}

/** The method, the tag and the path, once for each word of the path with that word left out. */
function variantsOf({ method, tag, path }: Operation): readonly string[] {
  const segments = erasedTemplate(path).split("/");
  return segments.flatMap((segment, index) =>
    segment === "" || segment === "{}"
      ? []
      : [JSON.stringify([method, tag ?? null, segments.with(index, "*")])],
  );
}

function isAlike(old: Operation, now: Operation): boolean {
  return summariesAlike(old.summary, now.summary) && shapeOf(old) === shapeOf(now);
}

/** What is sent and what is answered where all goes well. */
function shapeOf({ requestBody, responses }: Operation): string {
  const contentOf = (mediaTypes: readonly MediaType[] = []): JsonValue =>
    mediaTypes.map(({ name, schema }) => [name, schema?.schema ?? null]);
  return valueHash([
    contentOf(requestBody?.mediaTypes),
    ...responses
      .filter(({ success }) => success)
      .map(({ status, mediaTypes }) => [status, contentOf(mediaTypes)]),
  ]);
}
