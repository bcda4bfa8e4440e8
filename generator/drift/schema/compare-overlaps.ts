import { isObject } from "../../document/json.js";
import type { JsonValue } from "../../document/source.js";
import { areToldApart } from "./apart.js";
import { satisfies } from "./accepts.js";
import type { Spot } from "../change.js";
import type { Comparing, LocalChange } from "./difference.js";
import { NARROWER, PERHAPS_NARROWER, PERHAPS_WIDER, WIDER } from "./effect.js";
import type { SchemaReader } from "./read-schema.js";
import { samplesOf } from "./samples.js";
import { contentOf } from "./schema-content.js";
import type { Demand, Exclusive, Meaning, Shape } from "./shape.js";
import { valueText } from "./spots.js";
import { hasKind, KINDS, type Kind } from "./value-types.js";

/** The most alternatives that are tried with values. */
const MOST_TRIED = 12;

/** A schema, and what brings others of its document into normal form. */
interface Side {
  readonly meaning: Meaning;
  readonly reader: SchemaReader;
}

/**
 * What `oneOf` refuses because it fits twice (JSON Schema 2020-12, core, 10.2.1.3), and what the other side does not
 * refuse. Values are tried, so that not every overlap is found. One of objects is never sure: nearly all variants of
 * objects overlap as they are written, and servers choose one of them all the same.
 */
export function compareOverlaps(
  old: Meaning,
  now: Meaning,
  comparing: Comparing,
): readonly LocalChange[] {
  const before = { meaning: old, reader: comparing.old };
  const after = { meaning: now, reader: comparing.new };
  const spots = (value: JsonValue): Pick<LocalChange, "old" | "new"> => ({
    old: spotOf(old, value),
    new: spotOf(now, value),
  });
  const lost = doubledOnly(after, before);
  const gained = doubledOnly(before, after);
  return [
    ...lost.map(({ value, isSure }): LocalChange => ({
      rule: "one-of-overlaps",
      wire: (isSure ? NARROWER : PERHAPS_NARROWER)[comparing.direction],
      path: [],
      ...spots(value),
      message: (subject) =>
        `${subject} may no longer be ${valueText(value)}, which fits more than one variant of \`oneOf\`.`,
    })),
    ...gained.map(({ value, isSure }): LocalChange => ({
      rule: "one-of-overlaps",
      wire: (isSure ? WIDER : PERHAPS_WIDER)[comparing.direction],
      path: [],
      ...spots(value),
      message: (subject) =>
        `${subject} may now be ${valueText(value)}, which fitted more than one variant of \`oneOf\`.`,
    })),
  ];
}

/** A value that fits twice. */
interface Doubled {
  readonly value: JsonValue;
  /** Whether that is why it is refused: a `oneOf` inside another union is only one way to be taken. */
  readonly isSure: boolean;
}

/** A value that one side refuses because it fits twice, and the other one takes; none, or the first that is found. */
function doubledOnly(side: Side, other: Side): readonly Doubled[] {
  const unions = side.meaning.exclusive.filter(
    ({ alternatives }) =>
      alternatives.length <= MOST_TRIED && mayOverlap(side.reader, alternatives),
  );
  if (unions.length === 0) return [];
  for (const value of [...sampled(side), ...sampled(other)]) {
    const doubled = unions.filter((union) => fitsTwice(side.reader, union, value));
    if (doubled.length === 0 || satisfies(other.reader, other.meaning.demand, value) !== true)
      continue;
    return [{ value, isSure: !isObject(value) && doubled.some(({ isWhole }) => isWhole) }];
  }
  return [];
}

/**
 * Whether two alternatives have a kind of value in common, and nothing that plainly tells them apart. What they name
 * does not: what stands around the `oneOf` may name the properties that another one needs.
 */
function mayOverlap(reader: SchemaReader, alternatives: readonly Demand[]): boolean {
  const shapes = alternatives.map((demand) => reader.meaningOf(demand).shapes);
  return shapes.some((own, index) =>
    shapes
      .slice(index + 1)
      .some((others) =>
        own.some((shape) =>
          others.some((other) => KINDS.some((kind) => share(reader, shape, other, kind))),
        ),
      ),
  );
}

function share(reader: SchemaReader, shape: Shape, other: Shape, kind: Kind): boolean {
  return (
    hasKind(shape, kind) &&
    hasKind(other, kind) &&
    !areToldApart(reader, shape, reader, other, kind) &&
    !areToldApart(reader, other, reader, shape, kind)
  );
}

function fitsTwice(reader: SchemaReader, { alternatives }: Exclusive, value: JsonValue): boolean {
  return alternatives.filter((one) => satisfies(reader, one, value) === true).length > 1;
}

function* sampled({ meaning, reader }: Side): Generator<JsonValue> {
  for (const shape of meaning.shapes.slice(0, MOST_TRIED)) {
    for (const kind of KINDS) if (hasKind(shape, kind)) yield* samplesOf(reader, shape, kind);
  }
}

function spotOf({ exclusive, pointer }: Meaning, value: JsonValue): Spot | undefined {
  const place = exclusive[0]?.pointer ?? pointer;
  if (place === undefined) return undefined;
  const alternatives = exclusive.flatMap((union) => union.alternatives);
  const said = alternatives.flatMap(({ schemas }) =>
    schemas.map(({ schema }) => contentOf(schema)),
  );
  return { pointer: place, content: [value, ...said] };
}
