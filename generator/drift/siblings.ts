import { quoted } from "../diagnostics/quoted.js";
import { compareText } from "../document/json.js";
import { pointerTokens } from "../document/pointer.js";
import type { JsonValue } from "../document/source.js";
import type { Spot } from "./change.js";
import type { Gatherable } from "./gather.js";
import { positionKey, valuePathText } from "./position.js";
import type { RuleId } from "./rules.js";

/** From how many properties of one object on it is told once what became of all of them. */
const ENOUGH = 4;
/** How many of them are named in a sentence. */
const NAMED = 8;

/** The rules of which an object can have many at once, and how the sentence about all of them ends. */
const TOLD_TOGETHER: Readonly<Partial<Record<RuleId, string>>> = {
  "property-added": "are new",
  "property-removed": "are gone",
};

/**
 * Where many properties of one object came or went with the same verdicts, mostly because another schema stands there
 * now, that is one change of the object with their names as its value.
 */
export function joinSiblings(
  changes: readonly Gatherable[],
  pairKey: (change: Gatherable) => string,
): readonly Gatherable[] {
  const groups = new Map<string, Gatherable[]>();
  const keys = changes.map((change) => siblingKey(change, pairKey));
  for (const [index, change] of changes.entries()) {
    const key = keys[index];
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  const told = new Set<string>();
  return changes.flatMap((change, index) => {
    const key = keys[index];
    const group = key === undefined ? undefined : groups.get(key);
    if (key === undefined || group === undefined || group.length < ENOUGH) return [change];
    if (told.has(key)) return [];
    told.add(key);
    return [joined(change, group)];
  });
}

/** The names that {@link joinSiblings} made one change of; `undefined` where that is about one property, or none. */
export function joinedNames(
  rule: RuleId,
  value: JsonValue | undefined,
): readonly string[] | undefined {
  if (TOLD_TOGETHER[rule] === undefined || !Array.isArray(value)) return undefined;
  return value.filter((name) => typeof name === "string");
}

/** What the properties of one object have in common; `undefined` for what is no property that came or went. */
function siblingKey(
  change: Gatherable,
  pairKey: (change: Gatherable) => string,
): string | undefined {
  const { rule, wire, source, direction, position, path, old, new: now } = change;
  const owner = ownerOf(old ?? now);
  if (TOLD_TOGETHER[rule] === undefined || owner === undefined || nameOf(change) === undefined)
    return undefined;
  const parent = valuePathText(path.slice(0, -1));
  const where = [pairKey(change), positionKey(position), parent, owner];
  return JSON.stringify([rule, wire, source, direction ?? null, ...where]);
}

/** The schema of the object whose property stands at a place. */
function ownerOf(spot: Spot | undefined): string | undefined {
  const pointer = spot?.pointer ?? "";
  if (pointerTokens(pointer).at(-2) !== "properties") return undefined;
  return pointer.replace(/\/properties\/[^/]*$/, "");
}

function nameOf({ path }: Gatherable): string | undefined {
  const last = path.at(-1);
  return typeof last === "object" ? last.key : undefined;
}

function joined(change: Gatherable, group: readonly Gatherable[]): Gatherable {
  const names = group.flatMap((one) => nameOf(one) ?? []).sort(compareText);
  const [named, others] = [names.slice(0, NAMED), names.length - NAMED];
  const more = others > 0 ? ` and ${others} ${others === 1 ? "other" : "others"}` : "";
  const path = change.path.slice(0, -1);
  const all = (side: "old" | "new"): Spot | undefined => {
    const spot = change[side];
    const content = [names, group.map((one) => one[side]?.content ?? null)];
    return spot && { pointer: ownerOf(spot) ?? spot.pointer, value: names, content };
  };
  return {
    ...change,
    path,
    old: all("old"),
    new: all("new"),
    message: `${names.length} properties${holderOf(path)} ${TOLD_TOGETHER[change.rule] ?? ""}: ${named.map(quoted).join(", ")}${more}.`,
  };
}

function holderOf(path: Gatherable["path"]): string {
  const holder = path.findLast((step) => typeof step === "object");
  return holder === undefined ? "" : ` of ${quoted(holder.key)}`;
}
