import type { Declaration, OperationModel } from "../model/api-model.js";
import type { NamedClass } from "../names/named-api.js";
import type { EarlierMethod, EarlierType } from "./reference.js";

/** The methods that a class has under earlier names, with the types that came along. */
export function describeEarlier(
  { earlier }: NamedClass,
  methods: ReadonlyMap<string, OperationModel>,
): readonly EarlierMethod[] {
  return earlier.map(({ methodName, now }) => ({
    methodName,
    now: { className: now.className, methodName: now.methodName },
    types: methods.get(methodName)?.declarations.flatMap(earlierType) ?? [],
  }));
}

/** Under its earlier name a type is an alias of what it is called now. */
function earlierType({ name, shape }: Declaration): readonly EarlierType[] {
  return shape.kind === "alias" && shape.type.kind === "named"
    ? [{ name, now: shape.type.name }]
    : [];
}
