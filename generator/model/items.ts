import { UNDEFINED, type TypeNode } from "../types/type-node.js";
import type { ItemModel, ItemStep } from "./api-model.js";
import type { TypesByName } from "./declarations.js";
import { needsName, unionOf } from "./type-tools.js";

/**
 * The type of the items of a list, or `undefined` where the body has no array there.
 *
 * @param keys lead from the body to the array.
 */
export function itemModel(
  status: number | string,
  body: TypeNode,
  keys: readonly string[],
  schemas: TypesByName,
): ItemModel | undefined {
  const steps: ItemStep[] = [];
  let type = body;
  for (const key of [...keys, undefined]) {
    const present = withoutNothing(type, schemas);
    const inside =
      key === undefined ? elementType(present, schemas) : memberType(present, key, schemas);
    if (inside === undefined) return undefined;
    steps.push({ key, isNullable: present !== type });
    type = inside;
  }
  return needsName(type) ? { kind: "inline", status, steps } : { kind: "type", type };
}

/** The type of a member, which every alternative has to have. */
function memberType(type: TypeNode, key: string, schemas: TypesByName): TypeNode | undefined {
  switch (type.kind) {
    case "object": {
      const member = type.members.find(({ name }) => name === key);
      return member?.optional === true ? unionOf([member.type, UNDEFINED]) : member?.type;
    }
    default:
      return through(type, schemas, (part) => memberType(part, key, schemas));
  }
}

function elementType(type: TypeNode, schemas: TypesByName): TypeNode | undefined {
  return type.kind === "array"
    ? type.element
    : through(type, schemas, (part) => elementType(part, schemas));
}

/** Looks into what a name stands for, into the first part of an intersection that has it, and into all of a union. */
function through(
  type: TypeNode,
  schemas: TypesByName,
  look: (part: TypeNode) => TypeNode | undefined,
): TypeNode | undefined {
  switch (type.kind) {
    case "named": {
      const target = schemas.get(type.name);
      return target && look(target);
    }
    case "intersection":
      return type.members.map(look).find((found) => found !== undefined);
    case "union": {
      const found = type.members.map(look).filter((part) => part !== undefined);
      return found.length === type.members.length ? unionOf(found) : undefined;
    }
    default:
      return undefined;
  }
}

/** The type without null and undefined; the same object where it has neither. */
function withoutNothing(type: TypeNode, schemas: TypesByName): TypeNode {
  if (type.kind === "named") {
    const target = schemas.get(type.name);
    const present = target && withoutNothing(target, schemas);
    return present === undefined || present === target ? type : present;
  }
  if (type.kind !== "union") return type;
  const members = type.members.filter(
    (member) => member.kind !== "keyword" || !["null", "undefined"].includes(member.name),
  );
  return members.length === type.members.length ? type : unionOf(members);
}
