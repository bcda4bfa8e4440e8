import { quoted } from "../../diagnostics/quoted.js";
import type { PlacedSchema } from "../../resolve/resolved-api.js";
import type { Spot } from "../change.js";
import { compareLevels, lesserLevel, worstLevel, type Level } from "../level.js";
import type { RuleId } from "../rules.js";
import {
  NOTHING,
  together,
  type Comparing,
  type Difference,
  type Edge,
  type LocalChange,
} from "./difference.js";
import { NARROWER, WIDER } from "./effect.js";
import { othersSchemas, type ObjectParts, type Others } from "./object-parts.js";
import { renamedProperties } from "./renamed-properties.js";
import type { SchemaReader } from "./read-schema.js";
import { contentOf } from "./schema-content.js";
import type { Demand, Shape, Told } from "./shape.js";
import { spotIn, valueText } from "./spots.js";

/** One side of a comparison of objects. */
interface Side {
  readonly shape: Shape;
  readonly parts: ObjectParts;
  readonly reader: SchemaReader;
}

interface Sides {
  readonly old: Side;
  readonly new: Side;
  readonly comparing: Comparing;
}

/** A property that one side names, and that travels in this direction. */
export interface NamedProperty {
  readonly name: string;
  readonly demand: Demand;
  readonly required: Told | undefined;
}

/** What differs in the properties of objects. */
export function compareObjects(old: Shape, now: Shape, comparing: Comparing): Difference {
  const sides: Sides = {
    old: { shape: old, parts: comparing.old.partsOf(old), reader: comparing.old },
    new: { shape: now, parts: comparing.new.partsOf(now), reader: comparing.new },
    comparing,
  };
  return together(compareNamed(sides), comparePatterns(sides), compareOthers(sides));
}

/* ------------------------------------------------------------ named properties */

function compareNamed(sides: Sides): Difference {
  const [before, after] = [propertiesOf(sides.old, sides), propertiesOf(sides.new, sides)];
  const shared = [...before.values()].flatMap((property) => {
    const other = after.get(property.name);
    return other === undefined ? [] : [compareShared(sides, property, other)];
  });
  const removed = [...before.values()].filter(({ name }) => !after.has(name));
  const added = [...after.values()].filter(({ name }) => !before.has(name));
  const renamed = renamedProperties(
    removed.filter(({ name }) => !sides.new.parts.named.has(name)),
    added.filter(({ name }) => !sides.old.parts.named.has(name)),
    sides.comparing,
  );
  const isRenamed = ({ name }: NamedProperty): boolean =>
    renamed.some(({ old, new: now }) => old.name === name || now.name === name);
  const changes = [
    ...renamed.map(({ old, new: now }) => renaming(sides, old, now)),
    ...removed.filter((property) => !isRenamed(property)).map((each) => removal(sides, each)),
    ...added.filter((property) => !isRenamed(property)).map((each) => addition(sides, each)),
  ];
  return together(...shared, { changes, edges: [] });
}

/** The named properties that travel: those that are readOnly are no part of a request (OpenAPI 3.1, 4.8.24). */
function propertiesOf(
  { parts, reader }: Side,
  { comparing }: Sides,
): ReadonlyMap<string, NamedProperty> {
  const found = new Map<string, NamedProperty>();
  for (const [name, schemas] of parts.named) {
    const demand = reader.demandOf(...schemas);
    const { readOnly, writeOnly } = reader.meaningOf(demand).annotations;
    const marker = comparing.direction === "request" ? readOnly : writeOnly;
    if (marker === undefined) found.set(name, { name, demand, required: parts.required.get(name) });
  }
  return found;
}

function compareShared(sides: Sides, old: NamedProperty, now: NamedProperty): Difference {
  const path = [{ key: old.name }];
  const edge: Edge = { path, pair: { kind: "demands", old: old.demand, new: now.demand } };
  if ((old.required === undefined) === (now.required === undefined))
    return { changes: [], edges: [edge] };
  const isRequired = now.required !== undefined;
  const change: LocalChange = {
    rule: isRequired ? "property-became-required" : "property-became-optional",
    wire: (isRequired ? NARROWER : WIDER)[sides.comparing.direction],
    path,
    old: requiredSpot(sides.old, old.name, now.required),
    new: requiredSpot(sides.new, now.name, old.required),
    message: (subject) =>
      isRequired ? `${subject} has to be there now.` : `${subject} may be missing now.`,
  };
  return { changes: [change], edges: [edge] };
}

function requiredSpot({ shape, parts }: Side, name: string, other: Told | undefined): Spot {
  return spotIn(shape, parts.required.get(name), other);
}

/* --------------------------------------------------------- added and removed */

function addition(sides: Sides, property: NamedProperty): LocalChange {
  const { name, required } = property;
  const flipped = sides.old.parts.named.get(name);
  const { direction } = sides.comparing;
  const rule: RuleId =
    flipped !== undefined
      ? direction === "request"
        ? "property-became-writable"
        : "property-became-readable"
      : required === undefined
        ? "property-added"
        : "required-property-added";
  return {
    rule,
    wire: additionLevel(sides, property),
    path: [{ key: name }],
    old: flipped === undefined ? undefined : placeOf(flipped),
    new: spotOfProperty(sides.new, property),
    message: (subject) => {
      const place = direction === "request" ? "requests" : "answers";
      if (flipped !== undefined) return `${subject} is a part of ${place} now.`;
      return required === undefined
        ? `${subject} is new.`
        : `${subject} is new, and has to be there.`;
    },
  };
}

/** Whether objects of the old document, or of the new one, fail for a property that only the new one names. */
function additionLevel(sides: Sides, { name, demand, required }: NamedProperty): Level {
  const { direction } = sides.comparing;
  if (direction === "request" && required !== undefined) return "breaking";
  // A property that travelled the other way only was not sent, and not refused for its value.
  if (sides.old.parts.named.has(name)) return "safe";
  const before = unnamed(sides.old, name);
  if (before.kind === "silent") return "safe";
  if (before.kind === "refused") return direction === "request" ? "safe" : "breaking";
  const level = sides.comparing.worst({
    kind: "demands",
    old: sides.old.reader.demandOf(...before.schemas),
    new: demand,
  });
  return atMost(level, before.isSure);
}

function removal(sides: Sides, property: NamedProperty): LocalChange {
  const { name } = property;
  const flipped = sides.new.parts.named.get(name);
  const { direction } = sides.comparing;
  return {
    rule:
      flipped === undefined
        ? "property-removed"
        : direction === "request"
          ? "property-became-read-only"
          : "property-became-write-only",
    wire: removalLevel(sides, property),
    path: [{ key: name }],
    old: spotOfProperty(sides.old, property),
    new: flipped === undefined ? undefined : placeOf(flipped),
    message: (subject) =>
      direction === "request"
        ? `${subject} is no part of requests any more.`
        : `${subject} is no longer there.`,
  };
}

/**
 * A request that has the property all the same may be refused, or not: it is no longer documented. An answer without
 * it fails clients that were promised it.
 */
function removalLevel(sides: Sides, { name, demand, required }: NamedProperty): Level {
  const { direction } = sides.comparing;
  if (direction === "response" && required !== undefined) return "breaking";
  const isFlipped = sides.new.parts.named.has(name);
  const after = isFlipped ? SILENT : unnamed(sides.new, name);
  if (after.kind === "silent") return direction === "request" ? "undecidable" : "safe";
  if (after.kind === "refused") return direction === "request" ? "breaking" : "safe";
  const level = sides.comparing.worst({
    kind: "demands",
    old: demand,
    new: sides.new.reader.demandOf(...after.schemas),
  });
  return atMost(level, after.isSure);
}

/** What a side says of a property that it does not name. */
type Unnamed =
  | { readonly kind: "silent" }
  | { readonly kind: "refused" }
  | {
      readonly kind: "allowed";
      readonly schemas: readonly PlacedSchema[];
      /** Whether these are all that count: a pattern of names may or may not mean the property. */
      readonly isSure: boolean;
    };

const SILENT: Unnamed = { kind: "silent" };

function unnamed({ parts }: Side, name: string): Unnamed {
  if (parts.forbidden.has(name)) return { kind: "refused" };
  if (parts.patterns.size > 0) {
    const schemas = [...[...parts.patterns.values()].flat(), ...othersSchemas(parts.others)];
    return { kind: "allowed", schemas, isSure: false };
  }
  const { others } = parts;
  return others.kind === "allowed"
    ? { kind: "allowed", schemas: others.schemas, isSure: true }
    : { kind: others.kind };
}

function atMost(level: Level, isSure: boolean): Level {
  return isSure || compareLevels(level, "undecidable") < 0 ? level : "undecidable";
}

function renaming(sides: Sides, old: NamedProperty, now: NamedProperty): LocalChange {
  const content = [old.name, now.name];
  return {
    rule: "property-renamed",
    wire: worstLevel([removalLevel(sides, old), additionLevel(sides, now)]),
    path: [{ key: old.name }],
    old: { ...spotOfProperty(sides.old, old), content },
    new: { ...spotOfProperty(sides.new, now), content },
    message: (subject) => `${subject} is called ${quoted(now.name)} now.`,
  };
}

function spotOfProperty({ shape, parts }: Side, { name, demand }: NamedProperty): Spot {
  const pointer =
    // Where it is written, and not where a `$ref` leads to: that may be the schema of other properties, too.
    parts.named.get(name)?.[0]?.pointer ??
    demand.schemas[0]?.pointer ??
    parts.required.get(name)?.pointer ??
    shape.pointer;
  // With another schema it is another property.
  const content = parts.named.get(name)?.map(({ schema }) => contentOf(schema));
  return { pointer, content };
}

function placeOf(schemas: readonly PlacedSchema[]): Spot | undefined {
  return schemas[0] === undefined ? undefined : { pointer: schemas[0].pointer };
}

/* ---------------------------------------------------------------- patterns of names */

function comparePatterns(sides: Sides): Difference {
  const [before, after] = [sides.old.parts.patterns, sides.new.parts.patterns];
  const patterns = [...new Set([...before.keys(), ...after.keys()])].sort();
  return together(
    ...patterns.map((pattern): Difference => {
      const [old, now] = [before.get(pattern), after.get(pattern)];
      if (old !== undefined && now !== undefined)
        return { changes: [], edges: [valueEdge(sides, old, now)] };
      return { changes: [patternChange(sides, pattern, old, now)], edges: [] };
    }),
  );
}

/** Properties by a pattern come and go as named ones do; which other ones they were part of is not known. */
function patternChange(
  { comparing, ...sides }: Sides,
  pattern: string,
  old: readonly PlacedSchema[] | undefined,
  now: readonly PlacedSchema[] | undefined,
): LocalChange {
  const isAdded = old === undefined;
  const other = (isAdded ? sides.old : sides.new).parts;
  const isRequest = comparing.direction === "request";
  const isAlone = other.others.kind === "silent" && other.patterns.size === 0;
  const unsure: Level = isAlone && (isAdded || !isRequest) ? "safe" : "undecidable";
  const isRefused = other.others.kind === "refused" && other.patterns.size === 0;
  const level = isRefused ? (isAdded === isRequest ? "safe" : "breaking") : unsure;
  return {
    rule: isAdded ? "property-added" : "property-removed",
    wire: worstLevel([level, namedLevel({ comparing, ...sides }, old, now)]),
    path: ["value"],
    old: old === undefined ? undefined : patternSpot(pattern, old),
    new: now === undefined ? undefined : patternSpot(pattern, now),
    message: () =>
      isAdded
        ? `Properties whose names match ${valueText(pattern)} are new.`
        : `Properties whose names match ${valueText(pattern)} are no longer documented.`,
  };
}

function patternSpot(pattern: string, schemas: readonly PlacedSchema[]): Spot | undefined {
  const spot = placeOf(schemas);
  return spot && { ...spot, content: [pattern, ...schemas.map(({ schema }) => contentOf(schema))] };
}

/** What a pattern that comes or goes may mean for properties that both sides name: its names are not looked into. */
function namedLevel(
  { old: before, new: after, comparing }: Sides,
  old: readonly PlacedSchema[] = [],
  now: readonly PlacedSchema[] = [],
): Level {
  const levels = [...before.parts.named].map(([name, schemas]): Level => {
    const others = after.parts.named.get(name);
    if (others === undefined) return "safe";
    return comparing.worst({
      kind: "demands",
      old: before.reader.demandOf(...schemas, ...old),
      new: after.reader.demandOf(...others, ...now),
    });
  });
  return lesserLevel(worstLevel(levels), "undecidable");
}

/* -------------------------------------------------------------- other properties */

/** What properties may be that are not named. */
function compareOthers(sides: Sides): Difference {
  const [before, after] = [sides.old.parts.others, sides.new.parts.others];
  if (before.kind === "allowed" && after.kind === "allowed")
    return { changes: [], edges: [valueEdge(sides, before.schemas, after.schemas)] };
  // Who says nothing allows anything, and so does who says just that.
  if (before.kind === after.kind || (isOpen(before) && isOpen(after))) return NOTHING;
  const isAllowed =
    before.kind === "refused" || (before.kind === "silent" && after.kind === "allowed");
  const change: LocalChange = {
    rule: isAllowed ? "additional-properties-allowed" : "additional-properties-refused",
    wire: othersLevel(sides, before, after),
    path: ["value"],
    old: spotIn(sides.old.shape, toldOf(before), toldOf(after)),
    new: spotIn(sides.new.shape, toldOf(after), toldOf(before)),
    message: () =>
      isAllowed
        ? "Properties that are not named are allowed now."
        : after.kind === "refused"
          ? "Properties that are not named are not allowed any more."
          : "Properties that are not named are no longer documented.",
  };
  return { changes: [change], edges: [] };
}

/** Only what a document speaks of is sent, so that refusing what it does not speak of fails nobody. */
function othersLevel({ comparing }: Sides, before: Others, after: Others): Level {
  const [sent, taken] = comparing.direction === "request" ? [before, after] : [after, before];
  if (sent.kind !== "allowed") return "safe";
  if (taken.kind === "refused") return "breaking";
  return comparing.direction === "request" ? "undecidable" : "safe";
}

function isOpen(others: Others): boolean {
  return (
    others.kind === "silent" ||
    (others.kind === "allowed" &&
      others.schemas.every(({ schema }) => schema === true || Object.keys(schema).length === 0))
  );
}

function toldOf(others: Others): Told | undefined {
  return others.kind === "silent" ? undefined : others.told;
}

function valueEdge(sides: Sides, old: readonly PlacedSchema[], now: readonly PlacedSchema[]): Edge {
  return {
    path: ["value"],
    pair: {
      kind: "demands",
      old: sides.old.reader.demandOf(...old),
      new: sides.new.reader.demandOf(...now),
    },
  };
}
