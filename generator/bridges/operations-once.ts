import type { ClassModel } from "../model/api-model.js";

/** The classes with each operation once: it may be in two, if one of them is that of an earlier release. */
export function operationsOnce(classes: readonly ClassModel[]): readonly ClassModel[] {
  const seen = new Set<string>();
  return classes.map((found) => ({
    ...found,
    operations: found.operations.filter(({ methodName }) => {
      const isNew = !seen.has(methodName);
      seen.add(methodName);
      return isNew;
    }),
  }));
}
