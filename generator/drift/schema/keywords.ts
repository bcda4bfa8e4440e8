import { member, stringMember } from "../../document/json.js";
import type { JsonObject, JsonValue } from "../../document/source.js";
import { isBinary } from "../../resolve/media-types.js";
import type { Spot } from "../change.js";
import type { RuleId } from "../rules.js";
import { all, type Answer } from "./answer.js";
import type { Comparing, LocalChange } from "./difference.js";
import {
  NARROWER,
  OTHER,
  PERHAPS_NARROWER,
  PERHAPS_WIDER,
  SAME,
  UNCLEAR,
  WIDER,
  type Effect,
} from "./effect.js";
import { formatEffect } from "./formats.js";
import { isMultiple } from "./multiples.js";
import { valueKey } from "./read-schema.js";
import type { Shape, Told } from "./shape.js";
import { spotIn, valueText } from "./spots.js";
import { typeOfValue, typesOfKind, type Kind } from "./value-types.js";

/** A keyword whose value is a plain one, and what it means when that changes. */
interface PlainKeyword {
  readonly kinds: readonly Kind[];
  /** What one schema says; `undefined` where it says nothing, or nothing that matters. */
  readonly read: (schema: JsonObject) => Told | undefined;
  /** What becomes of the values; each side is what all its schemas say, and not the same. */
  readonly effect: (
    old: readonly JsonValue[],
    now: readonly JsonValue[],
    shapes: readonly [old: Shape, now: Shape],
  ) => Effect;
  readonly rule: (effect: Effect) => RuleId;
  /** Whether a value does what is said. Without it, that is not looked into. */
  readonly holds?: (value: JsonValue, said: JsonValue) => Answer;
  /** What a value has to do: `match the pattern "^a"`. */
  readonly duty: (value: JsonValue) => string;
}

/** Every keyword with a plain value that is no bound (JSON Schema 2020-12, validation, 6 to 8). */
const PLAIN_KEYWORDS: readonly PlainKeyword[] = [
  {
    kinds: ["number"],
    read: (schema) => told(schema, "multipleOf", (step) => typeof step === "number" && step > 0),
    effect: (old, now, [left, right]) => stepEffect(stepsOf(old, left), stepsOf(now, right)),
    rule: () => "multiple-of-changed",
    holds: (value, step) =>
      typeof value === "number" && typeof step === "number" && isMultiple(value, step),
    duty: (value) => `be a multiple of ${valueText(value)}`,
  },
  {
    kinds: ["string"],
    read: (schema) => told(schema, "pattern", (value) => typeof value === "string"),
    effect: opaqueEffect,
    rule: () => "pattern-changed",
    duty: (value) => `match the pattern ${valueText(value)}`,
  },
  {
    kinds: ["string", "number"],
    read: formatOf,
    effect: (old, now) =>
      old.length > 1 || now.length > 1 ? UNCLEAR : formatEffect(textOf(old[0]), textOf(now[0])),
    rule: () => "format-changed",
    duty: (value) => `have the format ${valueText(value)}`,
  },
  {
    kinds: ["string"],
    read: (schema) => contentOf(schema, "contentEncoding"),
    effect: contentEffect,
    rule: () => "content-changed",
    duty: (value) => `be encoded as ${valueText(value)}`,
  },
  {
    kinds: ["string"],
    read: (schema) => contentOf(schema, "contentMediaType"),
    effect: contentEffect,
    rule: () => "content-changed",
    duty: (value) => `hold ${valueText(value)}`,
  },
  {
    kinds: ["array"],
    read: (schema) => told(schema, "uniqueItems", (value) => value === true),
    effect: (old) => (old.length === 0 ? NARROWER : WIDER),
    rule: (effect) => (effect === NARROWER ? "items-became-unique" : "items-may-repeat"),
    holds: (value) => Array.isArray(value) && new Set(value.map(valueKey)).size === value.length,
    duty: () => "have items that differ from each other",
  },
];

/** What differs in the keywords with plain values of one kind of value. */
export function compareKeywords(
  old: Shape,
  now: Shape,
  kind: Kind,
  { direction }: Comparing,
): readonly LocalChange[] {
  return PLAIN_KEYWORDS.filter(
    (keyword) => keyword.kinds.includes(kind) && isOnce(keyword, old, now, kind),
  ).flatMap((keyword) => {
    const [before, after] = [allTold(old, keyword), allTold(now, keyword)];
    const gone = before.filter(({ value }) => !after.some((other) => other.value === value));
    const come = after.filter(({ value }) => !before.some((other) => other.value === value));
    if (gone.length === 0 && come.length === 0) return [];
    const effect = keyword.effect(
      before.map(({ value }) => value),
      after.map(({ value }) => value),
      [old, now],
    );
    // What the standard knows to say nothing has not changed anything.
    if (effect === SAME) return [];
    return [
      {
        rule: keyword.rule(effect),
        wire: effect[direction],
        path: [],
        old: withAll(spotIn(old, gone[0] ?? before[0], come[0]), before),
        new: withAll(spotIn(now, come[0] ?? after[0], gone[0]), after),
        message: (subject: string) => plainMessage(subject, keyword, gone[0], come[0]),
      },
    ];
  });
}

/** With all that is told of a keyword, of which the spot shows one. */
function withAll(spot: Spot, all: readonly Told[]): Spot {
  if (all.length < 2) return spot;
  return { ...spot, content: all.map(({ value }) => valueKey(value)).sort() };
}

/** Whether a value does what all keywords with plain values say. */
export function keepsKeywords(shape: Shape, value: JsonValue): Answer {
  const type = typeOfValue(value);
  return all(
    PLAIN_KEYWORDS.filter(({ kinds }) => kinds.some((kind) => typesOfKind(kind).includes(type)))
      .flatMap((keyword) => allTold(shape, keyword).map((said) => ({ keyword, said })))
      .map(({ keyword, said }) => keyword.holds?.(value, said.value)),
  );
}

function plainMessage(
  subject: string,
  { duty }: PlainKeyword,
  gone: Told | undefined,
  come: Told | undefined,
): string {
  if (come === undefined) return `${subject} need not ${duty(gone?.value ?? null)} any more.`;
  const was = gone === undefined ? "" : `, not ${valueText(gone.value)}`;
  return `${subject} must ${duty(come.value)} now${was}.`;
}

/** A keyword for several kinds is told with the first of them that both sides have. */
function isOnce({ kinds }: PlainKeyword, old: Shape, now: Shape, kind: Kind): boolean {
  const isShared = (one: Kind): boolean =>
    one === "number"
      ? [old, now].every(({ types }) => types.has("integer") || types.has("fraction"))
      : [old, now].every(({ types }) => one !== "string" || types.has("string"));
  return kinds.find(isShared) === kind;
}

function allTold(shape: Shape, { read }: PlainKeyword): readonly Told[] {
  return shape.atoms.flatMap(({ schema, pointer }) => {
    const found = read(schema);
    return found === undefined
      ? []
      : [{ value: found.value, pointer: `${pointer}/${found.pointer}` }];
  });
}

function told(
  schema: JsonObject,
  keyword: string,
  fits: (value: JsonValue) => boolean,
): Told | undefined {
  const value = member(schema, keyword);
  return value !== undefined && fits(value) ? { value, pointer: keyword } : undefined;
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Every integer is a multiple of 1, and of what 1 is a multiple of. */
function stepsOf(values: readonly JsonValue[], { types }: Shape): readonly number[] {
  const steps = values.filter((value) => typeof value === "number");
  if (types.has("fraction")) return steps;
  const telling = steps.filter((step) => !isMultiple(1, step));
  return telling.length === 0 ? [1] : telling;
}

function stepEffect(old: readonly number[], now: readonly number[]): Effect {
  if (old.length > 1 || now.length > 1) return UNCLEAR;
  const [before, after] = [old[0], now[0]];
  if (before === after) return SAME;
  if (before === undefined) return NARROWER;
  if (after === undefined || isMultiple(before, after)) return WIDER;
  return isMultiple(after, before) ? NARROWER : OTHER;
}

/** What a pattern means for values is not looked into: one that comes may refuse some, one that goes refuses none. */
function opaqueEffect(old: readonly JsonValue[], now: readonly JsonValue[]): Effect {
  if (old.every((value) => now.includes(value))) return PERHAPS_NARROWER;
  return now.every((value) => old.includes(value)) ? PERHAPS_WIDER : UNCLEAR;
}

/** `byte` and `binary` are read as the content that they stand for since OpenAPI 3.1. */
function formatOf(schema: JsonObject): Told | undefined {
  return told(
    schema,
    "format",
    (value) => typeof value === "string" && value !== "byte" && value !== "binary",
  );
}

/** Content in both spellings: `format: byte` is base64, and `format: binary` any bytes (OpenAPI 3.1.0, 4.8.24.4). */
function contentOf(
  schema: JsonObject,
  keyword: "contentEncoding" | "contentMediaType",
): Told | undefined {
  const written = stringMember(schema, keyword);
  if (keyword === "contentEncoding") {
    if (written === undefined && member(schema, "format") === "byte")
      return { value: "base64", pointer: "format" };
    return written === undefined ? undefined : { value: written, pointer: keyword };
  }
  if (written === undefined && isBinary(schema)) return { value: BYTES, pointer: "format" };
  return written === undefined ? undefined : { value: written, pointer: keyword };
}

/** What bytes are of which nothing else is said (RFC 9110, 8.3). */
const BYTES = "application/octet-stream";

function contentEffect(old: readonly JsonValue[], now: readonly JsonValue[]): Effect {
  if (old.length === 0) return PERHAPS_NARROWER;
  return now.length === 0 ? PERHAPS_WIDER : OTHER;
}
