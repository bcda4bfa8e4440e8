import { quoted } from "../../diagnostics/quoted.js";
import { member } from "../../document/json.js";
import { resolvePointer } from "../../document/pointer.js";
import type { JsonValue } from "../../document/source.js";
import type { Operation, ResolvedApi, SecurityRequirement } from "../../resolve/resolved-api.js";
import { compareSchemes, schemeRenames } from "./security-schemes.js";
import { spot, type Exchange, type PartChange, type WireContext } from "./wire-context.js";

const AT_OPERATION = { direction: "request", position: { kind: "operation" }, path: [] } as const;

/** Makes what compares the security of operations (OpenAPI 3.1, 4.8.30); schemes are compared once for all of them. */
export function createSecurityComparer(
  context: WireContext,
): (exchange: Exchange) => Generator<PartChange> {
  const renames = schemeRenames(context);
  const ofSchemes = compareSchemes(context, renames);
  return function* ({ old, new: now }) {
    // By the names that schemes have now, so that a new name alone changes nothing.
    const before = alternativesOf(old, renames);
    const after = alternativesOf(now);
    const spots = {
      old: spot(placeOf(context.old, old), written(old.security)),
      new: spot(placeOf(context.new, now), written(now.security)),
    };
    yield* lostAlternatives(before, after, spots);
    yield* newAlternatives(before, after, spots);
    const used = new Set(old.security.flatMap((needed) => needed.map(({ scheme }) => scheme)));
    for (const scheme of used) yield* ofSchemes.get(scheme) ?? [];
  };
}

/** A request needs one of several sets of schemes; nothing written means that it needs none. */
function alternativesOf(
  { security }: Operation,
  renames: ReadonlyMap<string, string> = new Map(),
): readonly SecurityRequirement[] {
  if (security.length === 0) return [[]];
  return security.map((needed) =>
    needed.map(({ scheme, scopes }) => ({ scheme: renames.get(scheme) ?? scheme, scopes })),
  );
}

type Spots = Pick<PartChange, "old" | "new">;

/** Each client may rely on any of the alternatives, so that each has to go on being enough. */
function* lostAlternatives(
  before: readonly SecurityRequirement[],
  after: readonly SecurityRequirement[],
  spots: Spots,
): Generator<PartChange> {
  for (const old of before) {
    if (after.some((now) => isEnough(old, now))) continue;
    const stricter = after.find((now) => hasSchemesFor(old, now) && isEnough(now, old));
    yield { ...AT_OPERATION, ...spots, wire: "breaking", ...loss(old, after, stricter) };
  }
}

function loss(
  old: SecurityRequirement,
  after: readonly SecurityRequirement[],
  stricter: SecurityRequirement | undefined,
): Pick<PartChange, "rule" | "message"> {
  if (old.length === 0)
    return {
      rule: "security-required",
      message: `A call needs credentials now: ${after.map(schemesText).join(", or ")}.`,
    };
  if (stricter !== undefined)
    return {
      rule: "security-scope-added",
      message: `Credentials need more scopes now: ${scopesBeyond(stricter, old)}.`,
    };
  return {
    rule: "security-alternative-removed",
    message: `Credentials of ${schemesText(old)} are no longer enough.`,
  };
}

/** Only who is accepted now and was refused before gains something. */
function* newAlternatives(
  before: readonly SecurityRequirement[],
  after: readonly SecurityRequirement[],
  spots: Spots,
): Generator<PartChange> {
  for (const now of after) {
    if (before.some((old) => isEnough(now, old))) continue;
    const stricter = before.find((old) => hasSchemesFor(now, old) && isEnough(old, now));
    yield { ...AT_OPERATION, ...spots, wire: "safe", ...gain(now, stricter) };
  }
}

function gain(
  now: SecurityRequirement,
  stricter: SecurityRequirement | undefined,
): Pick<PartChange, "rule" | "message"> {
  if (now.length === 0)
    return { rule: "security-dropped", message: "A call needs no credentials any more." };
  if (stricter !== undefined)
    return {
      rule: "security-scope-removed",
      message: `Credentials need fewer scopes now, no longer ${scopesBeyond(stricter, now)}.`,
    };
  return {
    rule: "security-alternative-added",
    message: `Credentials of ${schemesText(now)} are enough now.`,
  };
}

/** Whether who has what one requirement asks for has what the other one does. */
function isEnough(had: SecurityRequirement, needed: SecurityRequirement): boolean {
  return needed.every(({ scheme, scopes }) => {
    const own = had.find((one) => one.scheme === scheme);
    return own !== undefined && scopes.every((scope) => own.scopes.includes(scope));
  });
}

function hasSchemesFor(had: SecurityRequirement, needed: SecurityRequirement): boolean {
  return needed.every(({ scheme }) => had.some((one) => one.scheme === scheme));
}

function scopesBeyond(more: SecurityRequirement, less: SecurityRequirement): string {
  const known = new Set(less.flatMap(({ scopes }) => scopes));
  const beyond = more.flatMap(({ scopes }) => scopes.filter((scope) => !known.has(scope)));
  return [...new Set(beyond)].map(quoted).join(", ");
}

function schemesText(needed: SecurityRequirement): string {
  const texts = needed.map(({ scheme, scopes }) =>
    scopes.length === 0 ? quoted(scheme) : `${quoted(scheme)} (${scopes.map(quoted).join(", ")})`,
  );
  return texts.length === 0 ? "nobody" : texts.join(" with ");
}

function placeOf({ document }: ResolvedApi, { pointer }: Operation): string {
  const own = `${pointer}/security`;
  if (resolvePointer(document, own) !== undefined) return own;
  return member(document, "security") === undefined ? pointer : "/security";
}

function written(security: Operation["security"]): JsonValue {
  return security.map((needed) =>
    Object.fromEntries(needed.map(({ scheme, scopes }) => [scheme, [...scopes]])),
  );
}
