import type { ts } from "ts-morph";

/** The properties of a name in a type, or in any member of a union. */
export function propertiesNamed(
  checker: ts.TypeChecker,
  type: ts.Type,
  name: string,
): readonly ts.Symbol[] {
  const members = type.isUnion() ? type.types : [type];
  return members.flatMap((member) => checker.getPropertyOfType(member, name) ?? []);
}
