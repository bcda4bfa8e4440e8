import { arrayMember, member, stringMember } from "../document/json.js";
import { referenceTo } from "../document/pointer.js";
import { referenceTarget } from "../resolve/references.js";
import type { ResolvedApi, Schema } from "../resolve/resolved-api.js";
import { discriminatorValue, mappedSchemas, type DiscriminatorValue } from "./discriminators.js";

/**
 * A family is a named schema with a discriminator that does not list its members: they refer to it in their
 * `allOf`, or stand in its `mapping` (OpenAPI 3.1, 4.8.25). Where a value of the head is meant, one of a member is.
 */
export interface Families {
  /** The members of each family by the name of its head; all are keys of named schemas, sorted. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  /** The values that mean the head itself, for heads that are members of their own families. */
  readonly headValues: ReadonlyMap<string, DiscriminatorValue>;
  /** What membership means for a named schema. */
  readonly memberships: ReadonlyMap<string, Membership>;
}

export interface Membership {
  /** Heads of the families that the schema is a member of: in its own `allOf` they are meant themselves. */
  readonly heads: ReadonlySet<string>;
  /** The values that its discriminating properties have. */
  readonly values: readonly DiscriminatorValue[];
}

/** What families are found by. */
type NamedSchemas = Pick<ResolvedApi, "document" | "schemas" | "schemaKeys">;

/** Finds the families among the named schemas. */
export function findFamilies(api: NamedSchemas): Families {
  const heads = [...api.schemas].filter(([, { schema }]) => isHead(schema)).map(([name]) => name);
  if (heads.length === 0) return NONE;
  const children = childrenByParent(api);
  const members = new Map(
    heads.flatMap((head) => {
      const found = membersOf(api, head, children);
      return found.length === 0 ? [] : [[head, found] as const];
    }),
  );
  const names = new Set([...members.values()].flat());
  return {
    members,
    headValues: new Map(
      [...members].flatMap(([head, found]) => {
        const value = found.includes(head) ? valueOf(api, head, head) : undefined;
        return value === undefined ? [] : [[head, value] as const];
      }),
    ),
    memberships: new Map(
      [...names].map((name) => [name, membershipOf(api, name, members, children)]),
    ),
  };
}

const NONE: Families = { members: new Map(), headValues: new Map(), memberships: new Map() };

function isHead(schema: Schema): boolean {
  const isUnion =
    arrayMember(schema, "oneOf").length > 0 || arrayMember(schema, "anyOf").length > 0;
  return !isUnion && stringMember(member(schema, "discriminator"), "propertyName") !== undefined;
}

type Children = ReadonlyMap<string, readonly string[]>;

/** Keys of the named schemas that refer to another in their `allOf`, by the key of that. */
function childrenByParent(api: NamedSchemas): Children {
  const children = new Map<string, string[]>();
  for (const [name, { schema }] of api.schemas) {
    for (const part of arrayMember(schema, "allOf")) {
      const parent = api.schemaKeys.get(referenceTarget(stringMember(part, "$ref") ?? ""));
      if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), name]);
    }
  }
  return children;
}

/** Whoever builds on the head, directly or not, and whoever its mapping names. The head itself only if that does. */
function membersOf(api: NamedSchemas, head: string, children: Children): readonly string[] {
  const schema = api.schemas.get(head)?.schema;
  const mapped = mappedSchemas(schema).map((pointer) => api.schemaKeys.get(pointer) ?? "");
  return [...api.schemas.keys()].filter(
    (name) => mapped.includes(name) || (name !== head && builtOn(head, children).has(name)),
  );
}

function builtOn(name: string, children: Children): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...(children.get(name) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...(children.get(next) ?? []));
  }
  return found;
}

function membershipOf(
  api: NamedSchemas,
  name: string,
  members: ReadonlyMap<string, readonly string[]>,
  children: Children,
): Membership {
  const heads = [...members.keys()].filter(
    (head) => head !== name && members.get(head)?.includes(name) === true,
  );
  // Whoever is built on has the values of those that build on it, too: otherwise they could not extend it.
  const carriers = [name, ...builtOn(name, children)];
  return {
    heads: new Set(heads),
    values: heads.flatMap((head) => {
      const told = carriers.flatMap((carrier) => valueOf(api, head, carrier) ?? []);
      const [first] = told;
      if (first === undefined) return [];
      const values = new Set(told.flatMap(({ values: some }) => some));
      return [{ ...first, values: [...values] }];
    }),
  };
}

function valueOf(api: NamedSchemas, head: string, name: string): DiscriminatorValue | undefined {
  const union = api.schemas.get(head)?.schema;
  if (union === undefined || typeof union === "boolean") return undefined;
  const $ref = referenceTo(api.schemas.get(name)?.pointer ?? "");
  return discriminatorValue(api, union, { $ref });
}
