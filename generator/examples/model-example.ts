import type { Declaration } from "../model/api-model.js";
import { code, identifier, type Code } from "../emit/code.js";
import type { TypeNode } from "../types/type-node.js";
import type { ExampleContext } from "./context.js";
import type { Example } from "./example.js";
import type { MadeOf } from "./made-of.js";
import { constantOf, importing, logged, programText, statement, type Lines } from "./program.js";
import { variableFor } from "./results.js";
import { fittingValue } from "./typed-value.js";
import { makeValue } from "./values/make.js";
import { makingOf } from "./values/making.js";

/** A value of an exported type, as a program has it; `undefined` where a value would show nothing. */
export function modelExample(
  declaration: Declaration,
  context: ExampleContext,
): Example | undefined {
  const found = context.sources.get(declaration.name);
  if (found === undefined) return undefined;
  const making = makingOf(context, { input: found.input, isWhole: true });
  const value = makeValue([found.placed], declaration.name, making);
  if (value === undefined) return undefined;
  const type: TypeNode = { kind: "named", name: declaration.name };
  const expression = fittingValue(value, type, context);
  if (expression === undefined || expression.size === 0) return undefined;
  const variable = variableFor(type, context, "value");
  return {
    schemes: [],
    code: programText([
      importing([declaration.name], context.clientModule, true),
      joinedStatements(variable, declaration.name, expression.code),
    ]),
  };
}

/** What the example of a type is made of. */
export function modelExampleMadeOf(
  { name }: Declaration,
  { sources }: ExampleContext,
  madeOf: MadeOf,
): string {
  const start = [name, sources.get(name) ?? null];
  return madeOf(start, start);
}

function joinedStatements(variable: string, typeName: string, value: Code): Lines {
  const declared = constantOf(variable, value, code`: ${identifier(typeName)}`);
  return [...statement(declared), ...statement(logged(identifier(variable)))];
}
