import type { Change } from "./change.js";
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
  "server-variable-changed": ["server-replaced", "server-variable-changed"],
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

/** The changes on the wire that are why the client changed, of those that stand in the same place. */
export function causesOf(change: SurfaceChange, candidates: readonly Change[]): readonly Change[] {
  const possible = candidates.filter((cause) => explains(cause, change));
  const near = possible.filter(({ rule }) => OF_VALUES[change.rule]?.includes(rule) === true);
  return near.length > 0 ? near : possible;
}

/** Tells whether a change on the wire is why the client changed, where both stand in the same place. */
function explains(cause: Change, { rule, position }: SurfaceChange): boolean {
  if (cause.position.kind !== "operation" || position.kind !== "operation") return true;
  return OF_OPERATIONS[rule]?.includes(cause.rule) === true;
}
