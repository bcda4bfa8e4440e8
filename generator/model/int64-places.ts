import type { Int64Policy } from "../document/int64-policy.js";
import { tupleParts, type ObjectType, type TupleType, type TypeNode } from "../types/type-node.js";
import type { Int64Json, Int64Places, Int64Schema } from "./api-model.js";
import type { NamedType, TypesByName } from "./declarations.js";

/** Finds the 64-bit integers in the types of values that are sent or answered as JSON. */
export interface Int64Finder {
  readonly policy: Int64Policy;
  /** Those of a JSON text; `undefined` where it has none. */
  readonly json: (type: TypeNode | undefined) => Int64Json | undefined;
  /** Those of the properties of a form that are JSON, by name: not scalars, and not arrays of scalars. */
  readonly fields: (type: TypeNode | undefined) => ReadonlyMap<string, Int64Json>;
  /** Every named type that has any. */
  readonly schemas: readonly Int64Schema[];
}

/** Looks through the types of all schemas. Where 64-bit integers are numbers, they have no type of their own. */
export function int64Finder(types: readonly NamedType[], policy: Int64Policy): Int64Finder {
  const carriers = findCarriers(types);
  const looking: Looking = {
    carriers,
    types: new Map(types.map(({ name, type }) => [name, type])),
  };
  const schemas = types.flatMap(({ name, type }) => {
    const places = carriers.has(name) ? placesOf(type, looking) : undefined;
    return places === undefined ? [] : [{ name, places }];
  });
  const json = (type: TypeNode | undefined): Int64Json | undefined => {
    const places = type === undefined ? undefined : placesOf(type, looking);
    return places && { as: policy === "bigint" ? "bigint" : "string", places };
  };
  const fields = (type: TypeNode | undefined): ReadonlyMap<string, Int64Json> => {
    const objects = type === undefined ? [] : immediate(type, looking, new Set());
    const members = objects.flatMap((object) => (object.kind === "object" ? object.members : []));
    return new Map(
      members.flatMap(({ name, type: own }) => {
        const found = json(own);
        return found === undefined || isWrittenAsText(found.places) ? [] : [[name, found] as const];
      }),
    );
  };
  return { policy, json, fields, schemas };
}

/** Whether forms write a value without JSON. */
function isWrittenAsText(places: Int64Places): boolean {
  if (places.kind === "anyOf") return places.members.every(isWrittenAsText);
  return places.kind === "type" || (places.kind === "array" && places.items?.kind === "type");
}

/** The schemas that places refer to, directly or not. */
export function reachedSchemas(
  roots: readonly Int64Places[],
  schemas: readonly Int64Schema[],
): readonly Int64Schema[] {
  const byName = new Map(schemas.map((schema) => [schema.name, schema]));
  const reached = new Set<string>();
  const waiting = roots.flatMap(namesIn);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    const places = byName.get(name)?.places;
    if (places !== undefined) waiting.push(...namesIn(places));
  }
  return schemas.filter(({ name }) => reached.has(name));
}

/** The named schemas that places mention. */
export function namesIn(places: Int64Places): readonly string[] {
  switch (places.kind) {
    case "type":
      return [];
    case "named":
      return [places.name];
    case "anyOf":
      return places.members.flatMap(namesIn);
    case "array":
      return [...places.prefixItems, ...(places.items === undefined ? [] : [places.items])].flatMap(
        namesIn,
      );
    case "object":
      return [
        ...places.properties.map(([, property]) => property),
        ...(places.additional === undefined ? [] : [places.additional]),
      ].flatMap(namesIn);
  }
}

/* -------------------------------------------------------------------- named types */

/** The named types that have 64-bit integers somewhere, in themselves or in those that they refer to. */
function findCarriers(types: readonly NamedType[]): ReadonlySet<string> {
  const users = new Map<string, string[]>();
  const waiting: string[] = [];
  for (const { name, type } of types) {
    for (const part of partsOf(type)) {
      if (part.kind === "int64") waiting.push(name);
      if (part.kind === "named") users.set(part.name, [...(users.get(part.name) ?? []), name]);
    }
  }
  const carriers = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (carriers.has(name)) continue;
    carriers.add(name);
    waiting.push(...(users.get(name) ?? []));
  }
  return carriers;
}

/** Every type in a type that is 64-bit or has a name. */
function partsOf(type: TypeNode): readonly TypeNode[] {
  switch (type.kind) {
    case "int64":
    case "named":
      return [type];
    case "array":
      return partsOf(type.element);
    case "tuple":
      return tupleParts(type).flatMap(partsOf);
    case "union":
    case "intersection":
      return type.members.flatMap(partsOf);
    case "object":
      return [
        ...type.members.flatMap((member) => partsOf(member.type)),
        ...(type.index === undefined ? [] : partsOf(type.index)),
      ];
    default:
      return [];
  }
}

/* --------------------------------------------------------------------------- places */

interface Looking {
  readonly carriers: ReadonlySet<string>;
  readonly types: TypesByName;
}

const INT64: Int64Places = { kind: "type", type: "int64" };

function placesOf(type: TypeNode, looking: Looking): Int64Places | undefined {
  switch (type.kind) {
    case "int64":
      return INT64;
    case "named":
      return looking.carriers.has(type.name) ? type : undefined;
    case "array": {
      const items = placesOf(type.element, looking);
      return items && { kind: "array", prefixItems: [], items };
    }
    case "tuple":
      return tuplePlaces(type, looking);
    case "union":
    case "intersection":
      return anyOf([
        ...type.members.map((member) => placesOf(member, looking)),
        ...(type.kind === "union" ? [besides(type.members, looking, new Set())] : []),
      ]);
    case "object":
      return objectPlaces(type, looking);
    default:
      return undefined;
  }
}

/** Places that any of several parts has, or several together: the runtime makes no difference. */
function anyOf(parts: readonly (Int64Places | undefined)[]): Int64Places | undefined {
  const found = parts.filter((part) => part !== undefined);
  const members = [...new Map(found.map((part) => [JSON.stringify(part), part])).values()];
  const [first] = members;
  return members.length < 2 ? first : { kind: "anyOf", members };
}

function tuplePlaces({ elements, rest }: TupleType, looking: Looking): Int64Places | undefined {
  const places = elements.map((element) => placesOf(element, looking));
  const items = rest && placesOf(rest, looking);
  if (items === undefined && places.every((place) => place === undefined)) return undefined;
  return {
    kind: "array",
    prefixItems: places.map((place) => place ?? NOTHING),
    items,
  };
}

const NOTHING: Int64Places = { kind: "object", properties: [], additional: undefined };

function objectPlaces(type: ObjectType, looking: Looking): Int64Places | undefined {
  const index = type.additional ?? type.index;
  const additional = index === undefined ? undefined : placesOf(index, looking);
  const properties = type.members.flatMap(({ name, type: own }) => {
    const places = placesOf(own, looking);
    if (places !== undefined) return [[name, places] as const];
    // Other members have 64-bit integers; this one has not.
    return additional === undefined ? [] : [[name, NOTHING] as const];
  });
  return properties.length === 0 && additional === undefined
    ? undefined
    : { kind: "object", properties, additional };
}

/* ----------------------------------------------------------------------- alternatives */

/**
 * Where one alternative of a union has a 64-bit integer and another one a plain number or a string. The runtime has to
 * know: what is no integer is no mistake there, and a text is sent as a text.
 *
 * @param seen names that have been followed; each is once, so that types that lead back to themselves come to an end.
 */
function besides(
  types: readonly TypeNode[],
  looking: Looking,
  seen: Set<string>,
): Int64Places | undefined {
  const alternatives = types.flatMap((type) => immediate(type, looking, seen));
  const objects = alternatives.filter((type) => type.kind === "object");
  const arrays = alternatives.filter((type) => type.kind === "array");
  const elements = arrays.map(({ element }) => element);
  const items = arrays.length < 2 ? undefined : besides(elements, looking, seen);
  return anyOf([
    ...scalarsBeside(alternatives),
    items && { kind: "array", prefixItems: [], items },
    objects.length < 2 ? undefined : propertiesBeside(objects, looking, seen),
  ]);
}

function scalarsBeside(alternatives: readonly TypeNode[]): readonly Int64Places[] {
  if (!alternatives.some(({ kind }) => kind === "int64")) return [];
  const names = alternatives.map((type) =>
    type.kind === "keyword" ? type.name : type.kind === "literal" ? typeof type.value : "other",
  );
  return (["number", "string"] as const).flatMap((type): readonly Int64Places[] =>
    names.includes(type) ? [{ kind: "type", type }] : [],
  );
}

function propertiesBeside(
  objects: readonly ObjectType[],
  looking: Looking,
  seen: Set<string>,
): Int64Places | undefined {
  const types = new Map<string, TypeNode[]>();
  for (const { name, type } of objects.flatMap(({ members }) => members))
    types.set(name, [...(types.get(name) ?? []), type]);
  const properties = [...types].flatMap(([name, alternatives]) => {
    const places = alternatives.length < 2 ? undefined : besides(alternatives, looking, seen);
    return places === undefined ? [] : [[name, places] as const];
  });
  return properties.length === 0
    ? undefined
    : { kind: "object", properties, additional: undefined };
}

/** What a type is without names, unions and intersections around it. */
function immediate(type: TypeNode, looking: Looking, seen: Set<string>): readonly TypeNode[] {
  if (type.kind === "union" || type.kind === "intersection")
    return type.members.flatMap((member) => immediate(member, looking, seen));
  if (type.kind !== "named") return [type];
  const target = looking.types.get(type.name);
  if (target === undefined || seen.has(type.name)) return [];
  seen.add(type.name);
  return immediate(target, looking, seen);
}
