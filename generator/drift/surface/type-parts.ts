import type { ObjectType, TypeMember, TypeNode } from "../../types/type-node.js";
import type { TypeScope } from "./type-scope.js";

/** What a type allows, by kind: the union of all of them. */
export interface TypeParts {
  readonly hasNull: boolean;
  readonly hasUndefined: boolean;
  /** Literals by how they are written; `boolean` is two of them. */
  readonly literals: ReadonlyMap<string, string | number | boolean>;
  /** `string`, `number`, `bigint`, `unknown`. */
  readonly keywords: ReadonlySet<string>;
  readonly objects: readonly ObjectPart[];
  /** Arrays, tuples and streams, by what they hold. */
  readonly lists: readonly ListPart[];
  /** Types that can only be equal or not, by how they read. */
  readonly others: ReadonlyMap<string, TypeNode>;
}

export interface ObjectPart {
  /** As what it is exported; `undefined` where it stands inline. */
  readonly name: string | undefined;
  readonly members: ReadonlyMap<string, TypeMember>;
  readonly index: TypeNode | undefined;
}

export interface ListPart {
  readonly kind: "array" | "jsonStream" | "jsonItems" | "eventStream";
  readonly element: TypeNode;
}

/** Takes a type apart, through the names and unions that it is made of. */
export function partsOf(type: TypeNode, scope: TypeScope): TypeParts {
  const parts = {
    hasNull: false,
    hasUndefined: false,
    literals: new Map<string, string | number | boolean>(),
    keywords: new Set<string>(),
    objects: [] as ObjectPart[],
    lists: [] as ListPart[],
    others: new Map<string, TypeNode>(),
  };
  const literal = (value: string | number | boolean): void => {
    parts.literals.set(JSON.stringify(value), value);
  };
  for (const { node, name } of alternatives(type, scope)) {
    const object = objectPart(node, name, scope);
    if (object !== undefined) {
      parts.objects.push(object);
      continue;
    }
    switch (node.kind) {
      case "keyword":
        if (node.name === "null") parts.hasNull = true;
        else if (node.name === "undefined") parts.hasUndefined = true;
        else if (node.name === "boolean") [true, false].forEach(literal);
        else if (node.name !== "never") parts.keywords.add(node.name);
        break;
      case "literal":
        literal(node.value);
        break;
      case "array":
        parts.lists.push({ kind: "array", element: node.element });
        break;
      case "jsonStream":
      case "jsonItems":
        parts.lists.push({ kind: node.kind, element: node.item });
        break;
      case "eventStream":
        parts.lists.push({
          kind: node.kind,
          element: node.event ?? { kind: "keyword", name: "unknown" },
        });
        break;
      case "int64":
        if (node.value === undefined) parts.keywords.add(node.as);
        else parts.others.set(JSON.stringify(node), node);
        break;
      default:
        parts.others.set(JSON.stringify(node), node);
    }
  }
  return parts;
}

interface Alternative {
  readonly node: TypeNode;
  readonly name: string | undefined;
}

/** The members of a union, and of the unions in it, each once. Names lead to what they mean. */
function* alternatives(type: TypeNode, scope: TypeScope): Generator<Alternative> {
  const seen = new Set<string>();
  let count = 0;
  const open: Alternative[] = [{ node: type, name: undefined }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, name } = next;
    if (node.kind === "union") {
      // What stands first is looked at first.
      for (const member of [...node.members].reverse())
        open.push({ node: member, name: undefined });
    } else if (node.kind === "named") {
      const meant = scope.get(node.name);
      if (meant === undefined) yield next;
      else if (!seen.has(node.name)) open.push({ node: meant, name: node.name });
      seen.add(node.name);
    } else {
      const members = count < MOST_ALTERNATIVES ? distributed(node, scope) : undefined;
      if (members === undefined) yield { node, name };
      else
        open.push(...[...members].reverse().map((member) => ({ node: member, name: undefined })));
      count += members?.length ?? 0;
    }
  }
}

/** How many alternatives intersections are multiplied out to; what is more is compared as it reads. */
const MOST_ALTERNATIVES = 200;

/** `A & (B | C)` as `A & B` and `A & C`; `undefined` where it is no intersection of a union. */
function distributed(node: TypeNode, scope: TypeScope): readonly TypeNode[] | undefined {
  if (node.kind !== "intersection") return undefined;
  for (const [place, member] of node.members.entries()) {
    const meant = member.kind === "named" ? (scope.get(member.name) ?? member) : member;
    const others = node.members.filter((_, index) => index !== place);
    if (meant.kind === "union")
      return meant.members.map((one) => ({ kind: "intersection", members: [...others, one] }));
    if (meant.kind === "intersection" && intersected(meant, scope) === undefined)
      return [{ kind: "intersection", members: [...others, ...meant.members] }];
  }
  return undefined;
}

/** An object, or several that are one. */
function objectPart(
  node: TypeNode,
  name: string | undefined,
  scope: TypeScope,
): ObjectPart | undefined {
  if (node.kind === "object") return { name, members: membersOf([node]), index: node.index };
  if (node.kind !== "intersection") return undefined;
  const objects = intersected(node, scope);
  if (objects === undefined) return undefined;
  return { name, members: membersOf(objects), index: objects.find(({ index }) => index)?.index };
}

/** The objects that an intersection is of; `undefined` where it is of anything else. */
function intersected(type: TypeNode, scope: TypeScope): readonly ObjectType[] | undefined {
  const objects: ObjectType[] = [];
  const seen = new Set<string>();
  const open: TypeNode[] = [type];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === "object") objects.push(node);
    else if (node.kind === "intersection") open.push(...node.members);
    else if (node.kind === "named" && scope.has(node.name)) {
      const meant = scope.get(node.name);
      if (meant !== undefined && !seen.has(node.name)) open.push(meant);
      seen.add(node.name);
    } else return undefined;
  }
  return objects;
}

/** The members of all; one that several have is both types at once, and there if one of them says so. */
function membersOf(objects: readonly ObjectType[]): ReadonlyMap<string, TypeMember> {
  const members = new Map<string, TypeMember>();
  for (const member of objects.flatMap((object) => object.members)) {
    const other = members.get(member.name);
    members.set(member.name, other === undefined ? member : both(other, member));
  }
  return members;
}

function both(left: TypeMember, right: TypeMember): TypeMember {
  return {
    ...left,
    optional: left.optional && right.optional,
    type:
      JSON.stringify(left.type) === JSON.stringify(right.type)
        ? left.type
        : { kind: "intersection", members: [left.type, right.type] },
  };
}
