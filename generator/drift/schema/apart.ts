import { listedOf } from "./compare-values.js";
import { valueKey, type SchemaReader } from "./read-schema.js";
import type { Demand, Shape } from "./shape.js";
import type { Kind } from "./value-types.js";

/**
 * Whether no value that is sent of one shape is one of another, so far as that is plain to see: one that tells the two
 * apart, or a property that the other one needs and nobody sends.
 */
export function areApart(
  sender: SchemaReader,
  sent: Shape,
  taker: SchemaReader,
  taken: Shape,
  kind: Kind,
): boolean {
  if (areToldApart(sender, sent, taker, taken, kind)) return true;
  if (kind !== "object") return false;
  const [left, right] = [sender.partsOf(sent), taker.partsOf(taken)];
  const isClosed = left.others.kind !== "allowed" && left.patterns.size === 0;
  return [...right.required.keys()].some((name) => isClosed && !left.named.has(name));
}

/**
 * Whether no value of one shape is one of another, whatever is sent: lists without a common value, or a property that
 * tells the two apart.
 */
export function areToldApart(
  sender: SchemaReader,
  sent: Shape,
  taker: SchemaReader,
  taken: Shape,
  kind: Kind,
): boolean {
  const [values, others] = [listedOf(sent, kind), listedOf(taken, kind)];
  if (values !== undefined && others !== undefined) return haveNothingInCommon(values, others);
  if (kind !== "object") return false;
  const [left, right] = [sender.partsOf(sent), taker.partsOf(taken)];
  return [...left.required.keys()].some((name) => {
    const [own, other] = [left.named.get(name), right.named.get(name)];
    if (own === undefined || other === undefined) return right.forbidden.has(name);
    return areValuesApart(sender, sender.demandOf(...own), taker, taker.demandOf(...other));
  });
}

/** Whether two properties have no type, or no listed value, in common. */
function areValuesApart(
  sender: SchemaReader,
  sent: Demand,
  taker: SchemaReader,
  taken: Demand,
): boolean {
  const [left, right] = [sender.meaningOf(sent), taker.meaningOf(taken)];
  if (left.isCut || right.isCut) return false;
  return left.shapes.every((one) =>
    right.shapes.every((other) => {
      if (![...one.types].some((type) => other.types.has(type))) return true;
      return (
        one.values !== undefined &&
        other.values !== undefined &&
        haveNothingInCommon(one.values, other.values)
      );
    }),
  );
}

function haveNothingInCommon(
  left: Shape["values"] & object,
  right: Shape["values"] & object,
): boolean {
  const keys = new Set(left.map(({ value }) => valueKey(value)));
  return right.every(({ value }) => !keys.has(valueKey(value)));
}
