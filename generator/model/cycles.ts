import { UNKNOWN, type TypeNode } from "../types/type-node.js";
import type { NamedType } from "./declarations.js";

/** Types that mean only themselves, such as `type A = A | null`: TypeScript has no such alias. */
export interface BrokenCycles {
  readonly types: readonly NamedType[];
  readonly broken: readonly string[];
}

/** Puts `unknown` where a type would mean itself without an object or array between. */
export function breakCycles(types: readonly NamedType[]): BrokenCycles {
  const byName = new Map(types.map((type) => [type.name, type.type]));
  const broken = types
    .filter(({ name, type }) => leadsTo(name, type, byName))
    .map(({ name }) => name);
  const isBroken = new Set(broken);
  return {
    types: types.map((named) =>
      isBroken.has(named.name) ? { ...named, type: without(isBroken, named.type) } : named,
    ),
    broken,
  };
}

function leadsTo(name: string, start: TypeNode, types: ReadonlyMap<string, TypeNode>): boolean {
  const seen = new Set<string>();
  const waiting = [...immediateNames(start)];
  for (;;) {
    const next = waiting.pop();
    if (next === undefined) return false;
    if (next === name) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    const target = types.get(next);
    if (target !== undefined) waiting.push(...immediateNames(target));
  }
}

/** The names that the compiler has to look up before it knows what kind of type this is. */
function immediateNames(type: TypeNode): readonly string[] {
  if (type.kind === "named") return [type.name];
  return type.kind === "union" || type.kind === "intersection"
    ? type.members.flatMap(immediateNames)
    : [];
}

function without(names: ReadonlySet<string>, type: TypeNode): TypeNode {
  if (type.kind === "named") return names.has(type.name) ? UNKNOWN : type;
  if (type.kind !== "union" && type.kind !== "intersection") return type;
  const members = type.members
    .map((member) => without(names, member))
    .filter((member) => member !== UNKNOWN);
  if (members.length === 0) return UNKNOWN;
  return { ...type, members };
}
