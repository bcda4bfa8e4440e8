import type { ApiModel, ClassModel } from "../model/api-model.js";
import { textPart } from "../types/docs.js";
import { code, identifier, type Code } from "./code.js";
import type { FileStructure } from "./file.js";
import { importDeclarations } from "./imports.js";
import { docs } from "./layout/comments.js";
import { assignment, newInstance } from "./layout/expressions.js";
import {
  classBlock,
  constructorBlock,
  exported,
  field,
  methodBlock,
  signature,
  type Statement,
} from "./layout/statements.js";
import { namedType, unionType } from "./layout/types.js";
import { UNDEFINED_TYPE } from "./type-text.js";

/** The class of the whole service: each API class as a property that is made when it is first used. */
export function clientFile(model: ApiModel, runtime: string): FileStructure {
  // Without operations there is nothing to send, and a transport that nobody reads is an error to the compiler.
  if (model.classes.length === 0)
    return { path: "client.ts", statements: [clientClass(model, [])] };
  const options = `${model.clientName}Options`;
  const imports = importDeclarations([
    { name: "Transport", from: `${runtime}/transport.js`, isType: false },
    { name: "service", from: "./service.js", isType: false },
    { name: options, from: "./service.js", isType: true },
    ...model.classes.map(({ className, fileStem }) => ({
      name: className,
      from: `./${fileStem}.js`,
      isType: false,
    })),
  ]);
  const fields = [
    field(code`readonly #transport`, namedType("Transport")),
    ...model.classes.map(({ className, propertyName }) =>
      field(privateName(propertyName), unionType([namedType(className), UNDEFINED_TYPE])),
    ),
  ];
  const start = constructorBlock(
    namedType(options),
    code`this.#transport = new Transport(service, options);`,
  );
  const parts = [fields, [start], ...model.classes.map((found) => [accessor(found)])];
  return { path: "client.ts", statements: [...imports, clientClass(model, parts)] };
}

function clientClass(
  { clientName, description, title }: ApiModel,
  parts: readonly (readonly Code[])[],
): Statement {
  const comment = docs(textPart(description ?? title));
  return exported(comment, classBlock(clientName, undefined, parts), "other");
}

function privateName(name: string): Code {
  return code`#${identifier(name)}`;
}

function accessor({ className, propertyName, docs: parts }: ClassModel): Code {
  const made = assignment(
    code`this.${privateName(propertyName)}`,
    code` ??=`,
    newInstance(className, code`#transport`),
  );
  const head = signature(code`get ${identifier(propertyName)}`, [], namedType(className));
  return code`${docs(parts)}${methodBlock(head, code`return (${made});`)}`;
}
