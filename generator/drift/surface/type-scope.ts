import type { ApiModel } from "../../model/api-model.js";
import { declaredType } from "../../model/declarations.js";
import type { TypeNode } from "../../types/type-node.js";

/** The types that have names in a client, by name. */
export type TypeScope = ReadonlyMap<string, TypeNode>;

/** What the names of the schemas of a client mean. */
export function scopeOf({ schemas }: ApiModel): TypeScope {
  return new Map(schemas.map((declaration) => [declaration.name, declaredType(declaration)]));
}

/**
 * The names that mean something else in the other client: types that differ themselves, or lead to one that does, and
 * those that only one of them has. What such a name is not in need not be looked into.
 */
export function changedNames(old: TypeScope, changed: TypeScope): ReadonlySet<string> {
  const users = new Map<string, string[]>();
  const found: string[] = [];
  for (const name of new Set([...old.keys(), ...changed.keys()])) {
    const [before, after] = [printOf(old.get(name)), printOf(changed.get(name))];
    if (before.text !== after.text) found.push(name);
    for (const used of [...before.names, ...after.names])
      users.set(used, [...(users.get(used) ?? []), name]);
  }
  const reached = new Set<string>(found);
  for (let name = found.pop(); name !== undefined; name = found.pop()) {
    for (const user of users.get(name) ?? []) {
      if (reached.has(user)) continue;
      reached.add(user);
      found.push(user);
    }
  }
  return reached;
}

/** Whether a type reads the same in both clients, and means the same. */
export function isSameType(
  old: TypeNode | undefined,
  changed: TypeNode | undefined,
  changedTypes: ReadonlySet<string>,
): boolean {
  const [before, after] = [printOf(old), printOf(changed)];
  return before.text === after.text && !before.names.some((name) => changedTypes.has(name));
}

interface Print {
  readonly text: string;
  readonly names: readonly string[];
}

/** What a type is without its documentation, as a text, and the names that it mentions. */
function printOf(type: TypeNode | undefined): Print {
  const names = new Set<string>();
  const text = JSON.stringify(type ?? null, (key, value: unknown) => {
    if (key === "docs") return undefined;
    const node = value as Partial<TypeNode> | undefined;
    if (node?.kind === "named" && typeof node.name === "string") names.add(node.name);
    return value;
  });
  return { text, names: [...names] };
}

/** The text of a type without its documentation: equal where two types read the same. */
export function typePrint(type: TypeNode | undefined): string {
  return printOf(type).text;
}
