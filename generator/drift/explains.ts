import type { Change } from "./change.js";
import { positionKey, type Position } from "./position.js";
import type { RuleId } from "./rules.js";
import type { SurfaceChange } from "./surface-change.js";

/**
 * Many things are told of an operation as a whole, and not each of them changes its method: by rules of the client, the
 * rules of the wire that do. Everywhere else what stands in the same place has to do with each other.
 */
const OF_OPERATIONS: Readonly<Partial<Record<RuleId, readonly RuleId[]>>> = {
  "method-removed": ["operation-removed"],
  "method-renamed": ["operation-id-changed", "operation-moved", "operation-method-changed"],
  "method-moved": ["tag-renamed", "tag-changed"],
  "class-renamed": ["tag-renamed"],
  "paging-changed": ["pagination-changed"],
  "credential-changed": [
    "security-required",
    "security-alternative-removed",
    "security-scheme-changed",
    "security-scheme-renamed",
    "security-dropped",
  ],
  "server-variable-changed": ["server-replaced", "server-removed", "server-values-removed"],
  "export-renamed": ["schema-renamed"],
};

/** Of several changes of one value, those that a rule of the client is about. */
const OF_VALUES: Readonly<Partial<Record<RuleId, readonly RuleId[]>>> = {
  "value-refused": [
    "enum-added",
    "enum-value-removed",
    "null-refused",
    "type-changed",
    "type-narrowed",
    "variant-removed",
  ],
  "value-unforeseen": [
    "enum-removed",
    "enum-value-added",
    "null-allowed",
    "type-changed",
    "type-widened",
    "variant-added",
  ],
  "member-required": ["property-became-required", "required-property-added"],
  "member-optional": ["property-became-optional"],
};

/**
 * The changes on the wire that are why the client changed, of those that stand in the same place. Where no rule of a
 * value tells, those that fail on the wire are more likely to be than those that do not.
 */
export function causesOf(change: SurfaceChange, candidates: readonly Change[]): readonly Change[] {
  const possible = candidates.filter((cause) => explains(cause, change));
  const near = possible.filter(({ rule }) => OF_VALUES[change.rule]?.includes(rule) === true);
  const unsafe = possible.filter(({ wire }) => wire !== "safe");
  return [near, unsafe, possible].find((found) => found.length > 0) ?? [];
}

/** Tells whether a change on the wire is why the client changed, where both stand in the same place. */
function explains(cause: Change, { rule, position, old }: SurfaceChange): boolean {
  if (cause.position.kind !== "operation" || position.kind !== "operation") return true;
  if (OF_OPERATIONS[rule]?.includes(cause.rule) !== true) return false;
  // All schemas stand in one place, the document.
  return rule !== "export-renamed" || cause.old?.pointer === old?.pointer;
}

/**
 * Tells whether a change on the wire is why the client changed, where it stands in another place of the same operation
 * and nothing stands in the same one: the compiler is not asked about each part of a type, nor about each media type.
 */
export function explainsFromElsewhere(cause: Change, change: SurfaceChange): boolean {
  switch (change.rule) {
    case "type-incompatible":
      return cause.wire !== "safe" && cause.direction === change.direction && isIn(cause, change);
    case "media-type-choice-removed":
      return cause.rule === "media-type-removed" && cause.position.kind === "body";
    default:
      return false;
  }
}

function isIn(part: Change, whole: SurfaceChange): boolean {
  const steps = whole.path.every(
    (step, index) => JSON.stringify(step) === JSON.stringify(part.path[index]),
  );
  return steps && isPartOf(part.position, whole.position);
}

/** A position without a media type is that of any. */
function isPartOf(part: Position, whole: Position): boolean {
  const hasMedia = "mediaType" in whole && whole.mediaType !== undefined;
  const position = "mediaType" in part && !hasMedia ? { ...part, mediaType: undefined } : part;
  return positionKey(position) === positionKey(whole);
}
