import { listedOf } from "./compare-values.js";
import { valueKey, type SchemaReader } from "./read-schema.js";
import type { Demand, Shape } from "./shape.js";
import type { Kind } from "./value-types.js";

/**
 * Whether no value that is sent of one shape is one of another, so far as that is plain to see: lists without a common
 * value, a property that the other one needs and nobody sends, or one that tells the two apart.
 */
export function areApart(
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
  const isClosed = left.others.kind !== "allowed" && left.patterns.size === 0;
  const missing = [...right.required.keys()].some((name) => isClosed && !left.named.has(name));
  if (missing) return true;
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
