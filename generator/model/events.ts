import type { TypeMember, TypeNode } from "../types/type-node.js";
import type { TypesByName } from "./declarations.js";
import { unionOf } from "./type-tools.js";

/**
 * Tells whether a type is that of an event: an object with `event` or `data`, or several of them. Another schema
 * describes what the text of `data` holds, which nothing in TypeScript can say.
 */
export function isEvent(
  type: TypeNode,
  schemas: TypesByName,
  seen: ReadonlySet<string> = new Set(),
): boolean {
  switch (type.kind) {
    case "object":
      return type.members.some(({ name }) => name === "event" || name === "data");
    case "named": {
      const target = schemas.get(type.name);
      const isNew = target !== undefined && !seen.has(type.name);
      return isNew && isEvent(target, schemas, new Set([...seen, type.name]));
    }
    case "union":
      return type.members.every((member) => isEvent(member, schemas, seen));
    case "intersection":
      return type.members.some((member) => isEvent(member, schemas, seen));
    default:
      return false;
  }
}

/** The most kinds of events that are written one by one. */
const MOST = 100;

/**
 * The type of an event, with the kinds of events apart. A document can say of all of them that `data` is a text, and of
 * some kind that the text holds JSON: of such a kind the data is what the text holds, and both cannot be said together.
 */
export function eventType(type: TypeNode, schemas: TypesByName): TypeNode {
  if (type.kind !== "intersection") return type;
  const kinds = kindsOf(type, schemas, new Set());
  if (kinds === undefined || kinds.length > MOST) return type;
  return unionOf(
    kinds.map((members) => ({
      kind: "object",
      members: [...members.filter(isNeeded), ...members.filter((member) => !isNeeded(member))],
      index: undefined,
    })),
  );
}

function isNeeded({ optional }: TypeMember): boolean {
  return !optional;
}

type Kind = readonly TypeMember[];

/** The members of each kind of events; `undefined` where a type has something else than members. */
function kindsOf(
  type: TypeNode,
  schemas: TypesByName,
  seen: ReadonlySet<string>,
): readonly Kind[] | undefined {
  switch (type.kind) {
    case "object":
      return type.index === undefined ? [type.members] : undefined;
    case "named": {
      const target = schemas.get(type.name);
      return target === undefined || seen.has(type.name)
        ? undefined
        : kindsOf(target, schemas, new Set([...seen, type.name]));
    }
    case "union":
      return all(type.members.map((member) => kindsOf(member, schemas, seen)))?.flat();
    case "intersection":
      return all(type.members.map((member) => kindsOf(member, schemas, seen)))?.reduce(together);
    default:
      return undefined;
  }
}

function all<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const found = values.filter((value) => value !== undefined);
  return found.length === values.length ? found : undefined;
}

/** Each of some kinds with each of others. */
function together(left: readonly Kind[], right: readonly Kind[]): readonly Kind[] {
  if (left.length * right.length > MOST) return [...left, ...right].slice(0, MOST + 1);
  return left.flatMap((one) => right.map((other) => merged(one, other)));
}

function merged(left: Kind, right: Kind): Kind {
  const members = new Map(left.map((member) => [member.name, member]));
  for (const member of right) {
    const known = members.get(member.name);
    members.set(member.name, known === undefined ? member : mergedMember(known, member));
  }
  return [...members.values()];
}

/**
 * What says more about a value: anything but a text of which nothing is known. A number can be what a text holds, or a
 * text that has the form of one (`format: int64`), so that it may be either.
 */
function mergedMember(left: TypeMember, right: TypeMember): TypeMember {
  const [vague, precise] = isVague(right) ? [right, left] : [left, right];
  return {
    ...precise,
    type: isVague(vague) && isNumber(precise) ? unionOf([vague.type, precise.type]) : precise.type,
    optional: left.optional && right.optional,
    docs: precise.docs.length > 0 ? precise.docs : vague.docs,
  };
}

function isNumber({ type }: TypeMember): boolean {
  return type.kind === "int64" || (type.kind === "keyword" && type.name === "number");
}

function isVague({ type }: TypeMember): boolean {
  return type.kind === "keyword" && (type.name === "string" || type.name === "unknown");
}
