import { isFilledIn } from "../model/calls.js";
import { mayBeLeftOut, parameterDocs, parameterType } from "../model/operations.js";
import type { NamedOperation } from "../names/named-api.js";
import type { Operation, Parameter } from "../resolve/resolved-api.js";
import type { Int64Policy } from "../document/int64-policy.js";
import { UNKNOWN, type OperationTypes } from "../types/type-node.js";
import type { ParameterReference } from "./reference.js";

/** The parameters of an operation as members of `params`, in the order of its type: required ones first. */
export function describeParameters(
  { operation, parameterKeys }: NamedOperation,
  types: OperationTypes,
  int64: Int64Policy,
): readonly ParameterReference[] {
  const rows = operation.parameters.map((parameter, index) => ({
    key: parameterKeys[index] ?? parameter.name,
    location: parameter.location,
    wireName: parameter.name,
    optional: mayBeLeftOut(parameter),
    isFilledIn: isFilledIn(parameter),
    isIdempotencyKey: isIdempotencyKey(parameter, operation),
    type: parameterType(parameter, types.parameters[index] ?? UNKNOWN),
    docs: parameterDocs(parameter, int64),
  }));
  return [...rows.filter(({ optional }) => !optional), ...rows.filter(({ optional }) => optional)];
}

function isIdempotencyKey({ location, name }: Parameter, { idempotency }: Operation): boolean {
  return location === "header" && typeof idempotency === "object" && idempotency.header === name;
}
