import { misspelt } from "../../diagnostics/suggest.js";
import { isObject, member } from "../../document/json.js";
import type { NamedProperty } from "./compare-objects.js";
import type { Comparing } from "./difference.js";

/** A property that has another name now. */
export interface RenamedProperty {
  readonly old: NamedProperty;
  readonly new: NamedProperty;
}

/**
 * The properties that are the same under another name: those of equal schemas, equally required, whose names are
 * alike; or the only one that went and the only one that came, where their schema is more than a plain type.
 */
export function renamedProperties(
  removed: readonly NamedProperty[],
  added: readonly NamedProperty[],
  comparing: Comparing,
): readonly RenamedProperty[] {
  const found: RenamedProperty[] = [];
  const [only, ...more] = removed;
  const isOnly = more.length === 0 && added.length === 1;
  for (const old of removed) {
    const candidates = added.filter(
      (now) =>
        (areAlike(old.name, now.name) || (isOnly && old === only && isTelling(old))) &&
        (old.required === undefined) === (now.required === undefined) &&
        comparing.isSame(old.demand, now.demand),
    );
    const [now, ...others] = candidates;
    const isTaken = found.some((pair) => pair.new === now);
    if (now !== undefined && others.length === 0 && !isTaken) found.push({ old, new: now });
  }
  return found;
}

/** Names that differ in how words are joined, or in a letter or two: `createdAt` and `created_at`. */
function areAlike(left: string, right: string): boolean {
  const [plain, other] = [lettersOf(left), lettersOf(right)];
  return plain === other || (plain.length > 4 && misspelt(plain, [other]) !== undefined);
}

function lettersOf(name: string): string {
  return name.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
}

/** Whether hardly any other property has the same schema by chance: it is named, or has members of its own. */
function isTelling({ demand }: NamedProperty): boolean {
  return demand.schemas.some(
    ({ schema }) =>
      isObject(schema) &&
      ["$ref", "properties", "enum", "pattern", "allOf", "oneOf", "anyOf"].some(
        (keyword) => member(schema, keyword) !== undefined,
      ),
  );
}
