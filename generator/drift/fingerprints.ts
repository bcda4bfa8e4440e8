import { canonicalJson, textHash } from "../document/hashes.js";
import { compareText, member } from "../document/json.js";
import { pointerTokens } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { isSchema } from "../resolve/media-types.js";
import type { OperationPair, Spot } from "./change.js";
import type { Gatherable, Gathered } from "./gather.js";
import { positionKey, valuePathText } from "./position.js";
import { contentOf } from "./schema/schema-content.js";
import { erasedTemplate } from "./wire/path-template.js";

/** How many hexadecimal digits a fingerprint has. */
const LENGTH = 16;

/** The two documents as they were compared: spots are pointers into them. */
interface Documents {
  readonly old: JsonObject;
  readonly new: JsonObject;
}

/**
 * A fingerprint for each finding, in the same order: made of what changed and from what to what, so that nothing else in
 * the documents has a part in it. Findings that are the same in all this are numbered in the order of their places.
 */
export function fingerprints(
  findings: readonly Gathered[],
  documents: Documents,
): readonly string[] {
  const identities = findings.map((finding, index) => ({
    index,
    identity: identityOf(finding, documents),
    order: `${finding.change.old?.pointer ?? ""} ${finding.change.new?.pointer ?? ""}`,
  }));
  const prints: string[] = [];
  const seen = new Map<string, number>();
  for (const { index, identity } of identities.sort((left, right) =>
    compareText(left.order, right.order),
  )) {
    const count = seen.get(identity) ?? 0;
    seen.set(identity, count + 1);
    prints[index] = textHash(count === 0 ? identity : `${identity} ${count}`).slice(0, LENGTH);
  }
  return prints;
}

function identityOf({ change, all }: Gathered, documents: Documents): string {
  const { rule, direction } = change;
  const told = [rule, direction ?? null, whereOf(change, all, documents)];
  // Of a component that many use, each place may say something else.
  const contents = new Set(all.filter(hasContent).map((one) => canonicalJson(saidBy(one))));
  return canonicalJson([
    ...told,
    ...(contents.size === 0 ? saidBy(change) : [[...contents].sort(compareText)]),
  ]);
}

function hasContent({ old, new: current }: Gatherable): boolean {
  return old?.content !== undefined || current?.content !== undefined;
}

function saidBy({ old, new: current }: Gatherable): [old: JsonValue, new: JsonValue] {
  const [before, after] = [old, current].map((spot) => spot?.content ?? spot?.value ?? null);
  return [before ?? null, after ?? null];
}

/** The component that changed, whoever uses it; otherwise the places of operations. */
function whereOf(change: Gatherable, all: readonly Gatherable[], documents: Documents): JsonValue {
  if (change.cause !== undefined) {
    const places = [...new Set(all.map((one) => canonicalJson(noticed(one))))].sort();
    return [change.cause, ...places];
  }
  const [old, current] = [placeIn(documents.old, change.old), placeIn(documents.new, change.new)];
  const place = [old, current].find((tokens) => tokens?.[0] === "components");
  if (place !== undefined) return place;
  const choices = (old ?? current ?? []).filter((token) => typeof token !== "string");
  return choices.length === 0 ? noticed(change) : [noticed(change), ...choices];
}

/**
 * The tokens of a pointer without positions in lists, which others move. A variant is what it says instead; only of items
 * the position says which one it is.
 */
function placeIn(document: JsonObject, spot: Spot | undefined): JsonValue[] | undefined {
  if (spot === undefined) return undefined;
  let value: JsonValue | undefined = document;
  let list = "";
  return pointerTokens(spot.pointer).map((token) => {
    const position = Array.isArray(value) ? Number(token) : undefined;
    const inner: JsonValue | undefined =
      position === undefined ? member(value, token) : (value as readonly JsonValue[])[position];
    const told = position === undefined ? token : positionOf(list, position, inner);
    [value, list] = [inner, token];
    return told;
  });
}

function positionOf(list: string, position: number, value: JsonValue | undefined): JsonValue {
  if (list === "prefixItems") return [position];
  const isVariant = (list === "oneOf" || list === "anyOf") && isSchema(value);
  return isVariant ? [textHash(canonicalJson(contentOf(value)))] : "*";
}

function noticed({ pair, position, path }: Gatherable): JsonValue {
  return [operationIdentity(pair), positionKey(position), valuePathText(path)];
}

function operationIdentity(pair: OperationPair | undefined): JsonValue {
  const operation = pair?.old ?? pair?.new;
  if (pair === undefined || operation === undefined) return null;
  return [pair.origin, operation.method, erasedTemplate(operation.path)];
}
