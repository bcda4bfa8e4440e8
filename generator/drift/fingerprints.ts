import { canonicalJson, textHash } from "../document/hashes.js";
import { compareText } from "../document/json.js";
import { pointerTokens } from "../document/pointer.js";
import type { JsonValue } from "../document/source.js";
import type { OperationPair, Spot } from "./change.js";
import type { Gatherable, Gathered } from "./gather.js";
import { positionKey, valuePathText } from "./position.js";
import { erasedTemplate } from "./wire/path-template.js";

/** How many hexadecimal digits a fingerprint has. */
const LENGTH = 16;

/**
 * A fingerprint for each finding, in the same order: made of what changed and from what to what, so that nothing else in
 * the documents has a part in it. Findings that are the same in all this are numbered in the order of their places.
 */
export function fingerprints(findings: readonly Gathered[]): readonly string[] {
  const identities = findings.map((finding, index) => ({
    index,
    identity: identityOf(finding),
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

function identityOf({ change, all }: Gathered): string {
  const { rule, direction, old, new: current } = change;
  return canonicalJson([
    rule,
    direction ?? null,
    whereOf(change, all),
    old?.value ?? null,
    current?.value ?? null,
  ]);
}

/** The component that changed, whoever uses it; otherwise the places of operations. */
function whereOf(change: Gatherable, all: readonly Gatherable[]): JsonValue {
  if (change.cause !== undefined) {
    const places = [...new Set(all.map((one) => canonicalJson(noticed(one))))].sort();
    return [change.cause, ...places];
  }
  const component = componentPlace(change.old) ?? componentPlace(change.new);
  return component ?? noticed(change);
}

/** A pointer into the components without positions in arrays, which others move. */
function componentPlace(spot: Spot | undefined): JsonValue | undefined {
  const tokens = pointerTokens(spot?.pointer ?? "");
  if (tokens[0] !== "components") return undefined;
  return tokens.map((token) => (/^\d+$/.test(token) ? "*" : token));
}

function noticed({ pair, position, path }: Gatherable): JsonValue {
  return [operationIdentity(pair), positionKey(position), valuePathText(path)];
}

function operationIdentity(pair: OperationPair | undefined): JsonValue {
  const operation = pair?.old ?? pair?.new;
  if (pair === undefined || operation === undefined) return null;
  return [pair.origin, operation.method, erasedTemplate(operation.path)];
}
