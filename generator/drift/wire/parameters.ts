import { quoted } from "../../diagnostics/quoted.js";
import { templateNames } from "../../resolve/routes.js";
import type { Operation, Parameter, PlacedSchema } from "../../resolve/resolved-api.js";
import type { Direction, Position } from "../position.js";
import { compareDeprecation } from "./deprecation.js";
import { added, levelOfPart, MUST_BE_SENT, removed } from "./levels.js";
import { namesAlike } from "./names-alike.js";
import { createPairing } from "./pairing.js";
import { compareSerializations } from "./serialization.js";
import {
  sameIn,
  schemaChanges,
  spot,
  targetOf,
  type Exchange,
  type PartChange,
  type WireContext,
} from "./wire-context.js";

/** What may be sent beside a body (OpenAPI 3.1, 4.8.12). Path parameters are the same ones where they have the same place. */
export function* compareParameters(
  context: WireContext,
  { old, new: now, sent }: Exchange,
): Generator<PartChange> {
  const pairing = createPairing(old.parameters, now.parameters);
  const places = { old: pathPlaces(old), new: pathPlaces(now) };
  pairing.by((parameter) => (parameter.location === "path" ? undefined : keyOf(parameter)));
  pairing.by(({ location, name }, side) =>
    location === "path" ? places[side].get(name) : undefined,
  );
  pairing.by(({ location, name }) => (location === "path" ? name : undefined));
  pairing.by(({ name }) => name.toLowerCase());
  pairing.add(renamed(context, ...pairing.left()));
  for (const pair of pairing.pairs()) {
    if (pair.old === undefined && pair.new !== undefined) yield addition(context, pair.new, sent);
    else if (pair.old !== undefined && pair.new === undefined)
      yield removal(context, pair.old, sent);
    else if (pair.old !== undefined && pair.new !== undefined)
      yield* compareParameter(context, pair.old, pair.new, sent);
  }
}

/** The names of headers are the same in any case (RFC 9110, 5.1). */
function keyOf({ location, name }: Parameter): string {
  return `${location} ${location === "header" ? name.toLowerCase() : name}`;
}

/** Where in the path each of its parameters stands. Paths with other numbers of them have nothing in common. */
function pathPlaces({ path }: Operation): ReadonlyMap<string, string> {
  const names = templateNames(path);
  return new Map(names.map((name, index) => [name, `${index} of ${names.length}`]));
}

/**
 * Parameters that have another name now: of those of a location without a partner, one that is gone and one that is
 * new, with the same schema and similar names.
 */
function renamed(
  { compareSchemas }: WireContext,
  olds: readonly Parameter[],
  news: readonly Parameter[],
): readonly (readonly [old: Parameter, new: Parameter])[] {
  const isSame = (old: Parameter, now: Parameter): boolean =>
    old.location === now.location &&
    namesAlike(old.name, now.name) &&
    compareSchemas(valueSchema(old), valueSchema(now), "request").length === 0 &&
    compareSchemas(valueSchema(old), valueSchema(now), "response").length === 0;
  return olds.flatMap((old) => {
    const [now, ...others] = news.filter((parameter) => isSame(old, parameter));
    const isOnly =
      now !== undefined &&
      others.length === 0 &&
      olds.filter((one) => isSame(one, now)).length === 1;
    return isOnly ? [[old, now] as const] : [];
  });
}

function addition(context: WireContext, parameter: Parameter, sent: Direction): PartChange {
  const { name, location, required } = parameter;
  return {
    rule: required ? "required-parameter-added" : "parameter-added",
    wire: levelOfPart(sent, added(required)),
    direction: sent,
    position: positionOf(parameter),
    path: [],
    old: undefined,
    new: spot(declaredAt(context, "new", parameter), name),
    cause: sameIn(location, name),
    message: `The ${location} parameter ${quoted(name)} ${required ? MUST_BE_SENT[sent] : "can be sent"} now.`,
  };
}

function removal(context: WireContext, parameter: Parameter, sent: Direction): PartChange {
  const { name, location, required, deprecated } = parameter;
  const note = deprecated ? " It was deprecated." : "";
  return {
    rule: "parameter-removed",
    wire: levelOfPart(sent, removed(required)),
    direction: sent,
    position: positionOf(parameter),
    path: [],
    old: spot(declaredAt(context, "old", parameter), name),
    new: undefined,
    cause: sameIn(location, name, required),
    message: `The ${location} parameter ${quoted(name)} is no longer documented.${note}`,
  };
}

function* compareParameter(
  context: WireContext,
  old: Parameter,
  now: Parameter,
  sent: Direction,
): Generator<PartChange> {
  const at = { direction: sent, position: positionOf(old), path: [] } as const;
  const spots = {
    old: spot(declaredAt(context, "old", old)),
    new: spot(declaredAt(context, "new", now)),
  };
  yield* compareNames(context, old, now, sent);
  if (old.required !== now.required) {
    yield {
      ...at,
      ...spots,
      rule: now.required ? "parameter-became-required" : "parameter-became-optional",
      wire: levelOfPart(sent, now.required ? "became required" : "became optional"),
      message: `The ${now.location} parameter ${quoted(now.name)} ${now.required ? MUST_BE_SENT[sent] : "may be left out"} now.`,
    };
  }
  const places = { old: spots.old.pointer, new: spots.new.pointer };
  yield* compareDeprecation(
    { pointer: places.old, deprecated: old.deprecated },
    { pointer: places.new, deprecated: now.deprecated },
    at,
    `The ${now.location} parameter ${quoted(now.name)}`,
  );
  if (isUndeclared(old) || isUndeclared(now)) return;
  yield* compareSerializations(context, { old, new: now }, at, spots);
  yield* schemaChanges(context, valueSchema(old), valueSchema(now), sent, at.position);
}

/** What describes the value: its content, where it is written as a media type. */
function valueSchema({ schema, serialization }: Parameter): PlacedSchema | undefined {
  return serialization.kind === "content" ? serialization.mediaType.schema : schema;
}

/** A name in the path that nothing declares stands for anything: what is written of it later takes nothing away. */
function isUndeclared({ pointer, schema }: Parameter): boolean {
  return schema.pointer === pointer;
}

function* compareNames(
  context: WireContext,
  old: Parameter,
  now: Parameter,
  sent: Direction,
): Generator<PartChange> {
  if (keyOf(old) === keyOf(now)) return;
  const base = {
    position: positionOf(old),
    path: [],
    direction: sent,
    old: spot(declaredAt(context, "old", old), old.name),
    new: spot(declaredAt(context, "new", now), now.name),
    cause: sameIn(keyOf(old), keyOf(now), old.required, now.required),
  };
  if (old.location === "path" && now.location === "path") {
    yield {
      ...base,
      rule: "path-parameter-renamed",
      wire: "safe",
      message: `The path parameter ${quoted(old.name)} is called ${quoted(now.name)} now; the same is sent.`,
    };
    return;
  }
  const isMoved = old.location !== now.location;
  const wire = levelOfPart(sent, now.required ? added(true) : removed(old.required));
  yield isMoved
    ? {
        ...base,
        rule: "parameter-moved",
        wire,
        message: `${quoted(now.name)} is sent as a ${now.location} parameter now, no longer as a ${old.location} parameter.`,
      }
    : {
        ...base,
        rule: "parameter-renamed",
        wire,
        message: `The ${old.location} parameter ${quoted(old.name)} seems to be called ${quoted(now.name)} now.`,
      };
}

function positionOf({ location, name }: Parameter): Position {
  return { kind: "parameter", in: location, name };
}

/** Where a parameter is described: behind a `$ref`, if there is one. */
function declaredAt(context: WireContext, side: "old" | "new", { pointer }: Parameter): string {
  return targetOf(context[side].document, pointer);
}
