import type { ApiModel, ClassModel } from "../model/api-model.js";
import { textPart } from "../types/docs.js";
import { code, identifier, type Code } from "./code.js";
import type { FileStructure } from "./file.js";
import { importDeclarations, linkImports, placesOf } from "./imports.js";
import { docComment, docs } from "./layout/comments.js";
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
import { genericType, namedType, unionType } from "./layout/types.js";
import { UNDEFINED_TYPE } from "./type-text.js";

/**
 * The class of the whole service: each API class as a property that is made when it is first used, and a method for
 * what the document does not have.
 */
export function clientFile(model: ApiModel, runtime: string): FileStructure {
  // Without operations there is nothing to send, and a transport that nobody reads is an error to the compiler.
  if (model.classes.length === 0)
    return { path: "client.ts", statements: [clientClass(model, [])] };
  const options = `${model.clientName}Options`;
  const undocumented = `${runtime}/undocumented-call.js`;
  const imports = importDeclarations([
    { name: "ApiPromise", from: `${runtime}/api-promise.js`, isType: true },
    { name: "Transport", from: `${runtime}/transport.js`, isType: false },
    { name: "sendUndocumented", from: undocumented, isType: false },
    { name: "UndocumentedCall", from: undocumented, isType: true },
    { name: "UndocumentedResponses", from: undocumented, isType: true },
    { name: "RequestOptions", from: "./service.js", isType: true },
    { name: "service", from: "./service.js", isType: false },
    { name: options, from: "./service.js", isType: true },
    ...model.classes.map(({ className, fileStem }) => ({
      name: className,
      from: `./${fileStem}.js`,
      isType: false,
    })),
    ...linkImports(
      model.classes.map(({ docs: parts }) => parts),
      placesOf(model),
      new Set(model.classes.map(({ className }) => className)),
    ),
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
  const parts = [
    fields,
    [start],
    ...model.classes.map((found) => [accessor(found)]),
    [undocumentedMethod()],
  ];
  return { path: "client.ts", statements: [...imports, clientClass(model, parts)] };
}

/** The way to what the document does not have. */
function undocumentedMethod(): Code {
  const comment = docComment([
    "Calls an operation that the document does not have.",
    "",
    "Credentials, retries and errors are those of any other call. The body of a success is taken for",
    "the JSON that `Body` says it is, unless `response` names another decoder.",
  ]);
  const head = signature(
    code`request<Body = unknown>`,
    [
      { name: "call", type: namedType("UndocumentedCall"), optional: "no" },
      { name: "options", type: namedType("RequestOptions"), optional: "undefined" },
    ],
    genericType("ApiPromise", [genericType("UndocumentedResponses", [namedType("Body")])]),
  );
  return code`${comment}${methodBlock(head, code`return sendUndocumented(this.#transport, call, options);`)}`;
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
