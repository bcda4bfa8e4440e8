import { compareText } from "../document/json.js";
import type { ClassReference, InlineType, OperationReference } from "./reference.js";

/** The types of bodies that operations declare themselves, sorted by name. */
export function inlineTypesOf(classes: readonly ClassReference[]): readonly InlineType[] {
  return classes
    .flatMap(({ operations }) => operations.flatMap(inlineTypes))
    .sort((left, right) => compareText(left.name, right.name));
}

function inlineTypes({
  className,
  methodName,
  params,
  answers,
  declarations,
}: OperationReference): readonly InlineType[] {
  const around = new Set([params?.typeName, ...answers.map(({ responsesName }) => responsesName)]);
  return declarations.flatMap(({ name }) =>
    around.has(name) ? [] : [{ name, className, methodName }],
  );
}
