import { quoted } from "../../diagnostics/quoted.js";
import { componentSchemaName } from "../../resolve/references.js";
import type { PlacedSchema } from "../../resolve/resolved-api.js";
import type { Spot } from "../change.js";
import { NOTHING, type Comparing, type Difference, type LocalChange } from "./difference.js";
import { PERHAPS_NARROWER, PERHAPS_WIDER } from "./effect.js";
import type { Meaning } from "./shape.js";

/**
 * What differs in the members of a family where its head is meant: a value of one of them is sent then. The head takes
 * other values, too, so that a member that comes or goes is not sure to fail anybody.
 */
export function compareFamilies(old: Meaning, now: Meaning, comparing: Comparing): Difference {
  const before = byPointer(comparing.old.membersOf(old.demand));
  const after = byPointer(comparing.new.membersOf(now.demand));
  if (before.size === 0 && after.size === 0) return NOTHING;
  const { direction } = comparing;
  const change = (member: PlacedSchema, isAdded: boolean): LocalChange => ({
    rule: isAdded ? "variant-added" : "variant-removed",
    wire: (isAdded ? PERHAPS_WIDER : PERHAPS_NARROWER)[direction],
    path: [],
    old: isAdded ? spotOf(old) : memberSpot(member),
    new: isAdded ? memberSpot(member) : spotOf(now),
    message: (subject) =>
      `${subject} may ${isAdded ? "now" : "no longer"} be ${quoted(componentSchemaName(member.pointer) ?? member.pointer)}.`,
  });
  return {
    changes: [
      ...[...before].flatMap(([pointer, one]) => (after.has(pointer) ? [] : [change(one, false)])),
      ...[...after].flatMap(([pointer, one]) => (before.has(pointer) ? [] : [change(one, true)])),
    ],
    edges: [...before].flatMap(([pointer, one]) => {
      const other = after.get(pointer);
      if (other === undefined) return [];
      const pair = {
        kind: "demands",
        old: comparing.old.demandOf(one),
        new: comparing.new.demandOf(other),
      } as const;
      return [{ path: [], pair }];
    }),
  };
}

function byPointer(members: readonly PlacedSchema[]): ReadonlyMap<string, PlacedSchema> {
  return new Map(members.map((member) => [member.pointer, member]));
}

function memberSpot({ pointer }: PlacedSchema): Spot {
  return { pointer, content: pointer };
}

function spotOf({ pointer }: Meaning): { readonly pointer: string } | undefined {
  return pointer === undefined ? undefined : { pointer };
}
