import { quoted } from "../../diagnostics/quoted.js";
import { arrayMember, member, objectMember, sortedEntries } from "../../document/json.js";
import { childPointer } from "../../document/pointer.js";
import type { JsonValue } from "../../document/source.js";
import { isSchema } from "../../resolve/media-types.js";
import type { PlacedSchema } from "../../resolve/resolved-api.js";
import type { Spot } from "../change.js";
import type { RuleId } from "../rules.js";
import type { Comparing, Difference, LocalChange } from "./difference.js";
import {
  NARROWER,
  PERHAPS_NARROWER,
  PERHAPS_WIDER,
  UNCLEAR,
  WIDER,
  type Effect,
} from "./effect.js";
import type { Atom, Shape } from "./shape.js";
import type { SchemaReader } from "./read-schema.js";
import { spotIn } from "./spots.js";
import type { Kind } from "./value-types.js";

/**
 * Something that a schema says by way of another one, or of other properties. It is told when it changes; what that
 * means for values is not looked into.
 */
export interface Condition {
  /** The keyword, which a message names. */
  readonly keyword: string;
  /** What tells conditions of one keyword apart, such as the property that they depend on. */
  readonly name: string;
  /** The kind of value that it is about; `undefined` for all. */
  readonly kind: Kind | undefined;
  readonly rule: RuleId;
  readonly pointer: string;
  /** The schemas that it consists of, in a fixed order. */
  readonly schemas: readonly (PlacedSchema | undefined)[];
  /** What it says besides. */
  readonly value: JsonValue;
}

/** All conditions of a shape. */
export function conditionsOf({ atoms }: Shape): readonly Condition[] {
  return atoms.flatMap((atom) => [
    ...conditionOf(atom, ["not"], "condition-changed", undefined),
    ...conditionOf(atom, ["if", "then", "else"], "condition-changed", undefined),
    ...conditionOf(atom, ["contains"], "contains-changed", "array", ["minContains", "maxContains"]),
    ...conditionOf(atom, ["propertyNames"], "property-names-changed", "object"),
    ...conditionOf(atom, ["contentSchema"], "content-changed", "string"),
    ...dependencies(atom),
  ]);
}

function conditionOf(
  { schema, pointer }: Atom,
  keywords: readonly string[],
  rule: RuleId,
  kind: Kind | undefined,
  beside: readonly string[] = [],
): readonly Condition[] {
  const [keyword = ""] = keywords;
  if (!isSchema(member(schema, keyword))) return [];
  // Without `then` and `else`, `if` decides nothing (2020-12, core, 10.2.2.1).
  if (keyword === "if" && ["then", "else"].every((key) => member(schema, key) === undefined))
    return [];
  return [
    {
      keyword,
      name: keyword,
      kind,
      rule,
      pointer: `${pointer}/${keyword}`,
      schemas: keywords.map((key) => placed(member(schema, key), `${pointer}/${key}`)),
      value: beside.map((key) => member(schema, key) ?? null),
    },
  ];
}

/** Schemas and properties that are needed because of another property; `dependencies` was both (up to draft 7). */
function dependencies({ schema, pointer }: Atom): readonly Condition[] {
  const required = new Set(arrayMember(schema, "required"));
  return ["dependentSchemas", "dependentRequired", "dependencies"].flatMap((keyword) =>
    sortedEntries(objectMember(schema, keyword)).flatMap(
      ([property, value]): readonly Condition[] => {
        const place = childPointer(pointer, keyword, property);
        const common = { keyword, name: property, kind: "object", pointer: place } as const;
        if (isSchema(value))
          return [
            {
              ...common,
              rule: "condition-changed",
              schemas: [{ schema: value, pointer: place }],
              value: null,
            },
          ];
        const names = arrayMember({ value }, "value").filter((name) => !required.has(name));
        if (names.length === 0) return [];
        const told = [...names].sort();
        return [{ ...common, rule: "dependency-changed", schemas: [], value: told }];
      },
    ),
  );
}

function placed(value: JsonValue | undefined, pointer: string): PlacedSchema | undefined {
  return isSchema(value) ? { schema: value, pointer } : undefined;
}

/** What differs in conditions about one kind of value; those about all kinds are asked for by `undefined`. */
export function compareConditions(
  old: Shape,
  now: Shape,
  kind: Kind | undefined,
  comparing: Comparing,
): Difference {
  const before = conditionsOf(old).filter((condition) => concerns(condition, kind));
  const after = conditionsOf(now).filter((condition) => concerns(condition, kind));
  const isKnown = (one: Condition, others: readonly Condition[], isOld: boolean): boolean =>
    others.some((other) => areEqual(isOld ? one : other, isOld ? other : one, comparing));
  const gone = before.filter((one) => !isKnown(one, after, true));
  const come = after.filter((one) => !isKnown(one, before, false));
  const keyOf = ({ rule, name }: Condition): string => JSON.stringify([rule, name]);
  const keys = [...new Set([...gone, ...come].map(keyOf))].sort();
  const changes = keys.map((key) =>
    changeOf(
      old,
      now,
      gone.filter((one) => keyOf(one) === key),
      come.filter((one) => keyOf(one) === key),
      comparing,
    ),
  );
  return { changes, edges: [] };
}

function concerns(condition: Condition, kind: Kind | undefined): boolean {
  return condition.kind === kind;
}

function areEqual(old: Condition, now: Condition, comparing: Comparing): boolean {
  if (old.rule !== now.rule || old.name !== now.name) return false;
  if (JSON.stringify(old.value) !== JSON.stringify(now.value)) return false;
  return old.schemas.every((schema, index) =>
    comparing.isSame(comparing.old.demandOf(schema), comparing.new.demandOf(now.schemas[index])),
  );
}

function changeOf(
  old: Shape,
  now: Shape,
  allGone: readonly Condition[],
  allCome: readonly Condition[],
  { direction, ...readers }: Comparing,
): LocalChange {
  const [[gone], [come]] = [allGone, allCome];
  const condition = come ?? gone;
  const told = (one: Condition | undefined): { value: JsonValue; pointer: string } | undefined =>
    one === undefined ? undefined : { value: one.value, pointer: one.pointer };
  const spot = (shape: Shape, all: readonly Condition[], reader: SchemaReader): Spot => ({
    pointer: spotIn(shape, told(all[0]), told(condition)).pointer,
    ...(all.length === 0 ? {} : { content: contentOf(all, reader) }),
  });
  return {
    rule: condition?.rule ?? "condition-changed",
    wire: effectOf(gone, come)[direction],
    path: [],
    old: spot(old, allGone, readers.old),
    new: spot(now, allCome, readers.new),
    message: (subject) => messageOf(subject, condition, gone === undefined, come === undefined),
  };
}

/** What is behind a reference is told nowhere else. */
function contentOf(conditions: readonly Condition[], { wholeContentOf }: SchemaReader): JsonValue {
  return conditions.map(({ keyword, value, schemas }) => [keyword, value, wholeContentOf(schemas)]);
}

/** Names that have to be there are compared; of schemas only that they came or went. */
function effectOf(gone: Condition | undefined, come: Condition | undefined): Effect {
  if (gone !== undefined && come !== undefined) {
    const [before, after] = [namesOf(gone), namesOf(come)];
    if (before === undefined || after === undefined) return UNCLEAR;
    if (before.every((name) => after.includes(name))) return NARROWER;
    return after.every((name) => before.includes(name)) ? WIDER : UNCLEAR;
  }
  const isPlain = (come ?? gone)?.rule === "dependency-changed";
  if (gone === undefined) return isPlain ? NARROWER : PERHAPS_NARROWER;
  return isPlain ? WIDER : PERHAPS_WIDER;
}

function namesOf({ rule, value }: Condition): readonly JsonValue[] | undefined {
  return rule === "dependency-changed" && Array.isArray(value) ? value : undefined;
}

function messageOf(
  subject: string,
  condition: Condition | undefined,
  isNew: boolean,
  isGone: boolean,
): string {
  if (condition?.rule === "dependency-changed")
    return `${subject} needs other properties than before where it has ${quoted(condition.name)}.`;
  const keyword = `\`${condition?.keyword ?? "not"}\``;
  if (isNew) return `${subject} must satisfy ${keyword} now.`;
  return isGone
    ? `${subject} need not satisfy ${keyword} any more.`
    : `${subject} must satisfy ${keyword} as it is now, and not as it was.`;
}
