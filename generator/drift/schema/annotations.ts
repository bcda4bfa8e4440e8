import type { Direction } from "../position.js";
import type { LocalChange } from "./difference.js";
import { UNCLEAR } from "./effect.js";
import { member } from "../../document/json.js";
import type { JsonValue } from "../../document/source.js";
import type { Spot } from "../change.js";
import { valueKey } from "./read-schema.js";
import type { Meaning, Told } from "./shape.js";
import { valueText } from "./spots.js";

/** What differs in what schemas say besides which values there are. */
export function compareAnnotations(
  old: Meaning,
  now: Meaning,
  direction: Direction,
): readonly LocalChange[] {
  return [
    ...compareDefaults(old, now, direction),
    ...compareDeprecation(old, now),
    ...compareDiscriminators(old, now, direction),
  ];
}

/** A server takes its default for what is not sent; what it took before a default was told is not known. */
function compareDefaults(old: Meaning, now: Meaning, direction: Direction): readonly LocalChange[] {
  const [before, after] = [old.annotations.default, now.annotations.default];
  if (keyOf(before) === keyOf(after)) return [];
  const isHarmless = before === undefined || direction === "response";
  return [
    {
      rule: "default-changed",
      wire: isHarmless ? "safe" : "undecidable",
      path: [],
      old: spotOf(old, before),
      new: spotOf(now, after),
      message: (subject) => `${subject} ${defaultText(before, after)}.`,
    },
  ];
}

function defaultText(before: Told | undefined, after: Told | undefined): string {
  if (after === undefined) return `does not default to ${valueText(before?.value)} any more`;
  const was = before === undefined ? "" : `, and not to ${valueText(before.value)}`;
  return `defaults to ${valueText(after.value)} now${was}`;
}

function compareDeprecation(old: Meaning, now: Meaning): readonly LocalChange[] {
  const [before, after] = [old.annotations.deprecated, now.annotations.deprecated];
  if ((before === undefined) === (after === undefined)) return [];
  const isDeprecated = after !== undefined;
  return [
    {
      rule: isDeprecated ? "value-deprecated" : "value-no-longer-deprecated",
      wire: "safe",
      path: [],
      old: spotOf(old, before),
      new: spotOf(now, after),
      message: (subject) =>
        isDeprecated ? `${subject} is deprecated now.` : `${subject} is not deprecated any more.`,
    },
  ];
}

/** That of a union is read with its alternatives: which value means which of them. */
function compareDiscriminators(
  old: Meaning,
  now: Meaning,
  direction: Direction,
): readonly LocalChange[] {
  const [before, after] = [old.annotations.discriminator, now.annotations.discriminator];
  if (
    before === undefined ||
    after === undefined ||
    discriminatorKey(before.value) === discriminatorKey(after.value)
  )
    return [];
  return [
    {
      rule: "discriminator-changed",
      wire: UNCLEAR[direction],
      path: [],
      old: spotOf(old, before),
      new: spotOf(now, after),
      message: (subject) =>
        `${subject} is told apart by ${valueText(member(after.value, "propertyName"))} now, or by other values of it.`,
    },
  ];
}

function discriminatorKey(value: JsonValue): string {
  return valueKey([member(value, "propertyName") ?? null, member(value, "mapping") ?? null]);
}

function keyOf(told: Told | undefined): string | undefined {
  return told === undefined ? undefined : valueKey(told.value);
}

function spotOf({ pointer }: Meaning, told: Told | undefined): Spot | undefined {
  if (told !== undefined) return { pointer: told.pointer, value: told.value };
  return pointer === undefined ? undefined : { pointer };
}
