import type { StandardSchema } from "./response-tables.js";

/*
 * Which keys of a value a validator of zod names. Its definition is public (`schema._zod.def`), so that nothing of the
 * library is imported here.
 */

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly catchall?: unknown;
  readonly element?: unknown;
  readonly items?: readonly unknown[];
  readonly rest?: unknown;
  readonly valueType?: unknown;
  readonly options?: readonly unknown[];
  readonly left?: unknown;
  readonly right?: unknown;
  readonly innerType?: unknown;
  readonly getter?: () => unknown;
}

/** Validators that look at the same value are no more than this, or the rest of them does not count. */
const MOST = 200;

/** Whether the last key of a way is a name that the validator has, rather than one of a map or a position. */
export function isZodName(schema: StandardSchema, path: readonly PropertyKey[]): boolean {
  const last = path.at(-1);
  if (last === undefined) return false;
  let current = atSameValue([schema]);
  for (const key of path.slice(0, -1)) {
    current = atSameValue(current.flatMap((definition) => below(definition, key)));
  }
  return current.some(({ shape }) => shape !== undefined && Object.hasOwn(shape, last));
}

/** The definitions of validators, of what they stand for, and of those that they are made of for the same value. */
function atSameValue(schemas: readonly unknown[]): readonly Definition[] {
  const found = new Set<Definition>();
  const waiting = [...schemas];
  for (let next = waiting.pop(); next !== undefined && found.size < MOST; next = waiting.pop()) {
    const definition = definitionOf(next);
    if (definition === undefined || found.has(definition)) continue;
    found.add(definition);
    const { getter, innerType, left, right, options = [] } = definition;
    const inner = [getter?.(), innerType, left, right, ...options];
    waiting.push(...inner.filter((part) => part !== undefined));
  }
  return [...found];
}

function definitionOf(schema: unknown): Definition | undefined {
  return (schema as { readonly _zod?: { readonly def?: Definition } })._zod?.def;
}

/** What validates the value of a key. */
function below(definition: Definition, key: PropertyKey): readonly unknown[] {
  const { shape, catchall, element, items, rest, valueType } = definition;
  const named = shape !== undefined && Object.hasOwn(shape, key) ? shape[String(key)] : catchall;
  const item = typeof key === "number" ? (items?.[key] ?? rest) : undefined;
  return [named, element, item, valueType].filter((part) => part !== undefined);
}
