import type { ApiModel, ClassModel, OperationModel } from "../model/api-model.js";
import { declarationDocs } from "../model/declaration-docs.js";
import { declarationLeaves } from "../model/type-leaves.js";
import { callText, runtimeFunctions } from "./calls.js";
import { code, identifier, NOTHING, type Code } from "./code.js";
import { declaration } from "./declarations.js";
import type { FileStructure } from "./file.js";
import {
  filePartImport,
  importDeclarations,
  linkImports,
  type Import,
  type Places,
} from "./imports.js";
import { int64Constants } from "./int64.js";
import { docs } from "./layout/comments.js";
import { callArguments, variable } from "./layout/expressions.js";
import {
  classBlock,
  constructorBlock,
  exported,
  methodBlock,
  type Statement,
} from "./layout/statements.js";
import { namedType, unionType } from "./layout/types.js";
import { itemTypes, pagingImports, pagingText } from "./paging.js";
import { implementationSignature, signatures } from "./signatures.js";
import { wireText } from "./wire-text.js";

/** All that the file of a class is made of: nothing else of a model is looked at. */
export interface ClassFileParts {
  readonly clientName: string;
  readonly classModel: ClassModel;
  readonly imports: readonly Import[];
}

/**
 * What the file of a class is made of.
 *
 * @param runtime the way to the folder of the runtime
 */
export function classFileParts(
  { clientName }: Pick<ApiModel, "clientName">,
  classModel: ClassModel,
  places: Places,
  runtime: string,
): ClassFileParts {
  return { clientName, classModel, imports: importsOf(clientName, classModel, places, runtime) };
}

/** The file of one class: the class, and below it the types of its operations in call order. */
export function classFile({ clientName, classModel, imports }: ClassFileParts): FileStructure {
  const declarations = classModel.operations.flatMap((operation) => operation.declarations);
  return {
    path: classFilePath(classModel),
    statements: [
      ...importDeclarations(imports),
      classStatement(clientName, classModel),
      ...declarations.map(declaration),
    ],
  };
}

/** The path of the file of a class, below the service's folder. */
export function classFilePath({ fileStem }: Pick<ClassModel, "fileStem">): string {
  return `${fileStem}.ts`;
}

function importsOf(
  clientName: string,
  classModel: ClassModel,
  places: Places,
  runtime: string,
): readonly Import[] {
  const declarations = classModel.operations.flatMap((operation) => operation.declarations);
  const calls = classModel.operations.map((operation) => operation.call);
  const types = [...declarations.flatMap(declarationLeaves), ...itemTypes(classModel.operations)];
  const own = new Set(declarations.map(({ name }) => name));
  const foreign = [
    ...types.flatMap((type) => (type.kind === "named" ? [type.name] : [])),
    ...classModel.operations.flatMap(signatureTypes),
  ].filter((name) => !own.has(name));
  const functions = calls.flatMap(runtimeFunctions);
  const sends = calls.some(({ kind }) => kind === "request");
  const answers = classModel.operations
    .filter(({ call }) => call.kind === "request")
    .flatMap(({ answers: own }) => own);
  const isUsed = (kind: string): boolean => types.some((type) => type.kind === kind);
  const file = (name: string): string => `${runtime}/${name}.js`;
  return [
    { name: "ApiClass", from: file("api-class"), isType: false },
    ...(answers.some(({ item }) => item === undefined)
      ? [{ name: "ApiPromise", from: file("api-promise"), isType: true }]
      : []),
    ...pagingImports(classModel.operations, file),
    { name: "Transport", from: file("transport"), isType: true },
    ...functions.map(({ name, stem }) => ({ name, from: file(stem), isType: false })),
    ...calls.flatMap(int64Constants).map((name) => ({ name, from: "./int64.js", isType: false })),
    ...(isUsed("binaryBody") ? [{ name: "BinaryBody", from: file("binary"), isType: true }] : []),
    ...(isUsed("filePart") ? [filePartImport(runtime)] : []),
    ...(isUsed("parameterValue")
      ? [{ name: "ParameterValue", from: file("call"), isType: true }]
      : []),
    ...(isUsed("eventStream")
      ? [{ name: "EventStream", from: file("event-stream"), isType: true }]
      : []),
    ...(isUsed("jsonStream")
      ? [{ name: "JsonStream", from: file("json-stream"), isType: true }]
      : []),
    ...(isUsed("jsonItems") ? [{ name: "JsonItems", from: file("json-items"), isType: true }] : []),
    ...foreign.map((name) => ({
      name,
      from: places.ofOperations.get(name) ?? "./models.js",
      isType: true,
    })),
    ...linkImports(
      [classModel, ...classModel.operations]
        .map(({ docs: parts }) => parts)
        .concat(declarations.flatMap(declarationDocs)),
      places,
      new Set([classModel.className, ...own]),
    ),
    { name: "service", from: "./service.js", isType: false },
    { name: `${clientName}Options`, from: "./service.js", isType: true },
    ...(sends ? [{ name: "RequestOptions", from: "./service.js", isType: true }] : []),
  ];
}

/** The types that stand in the head of a method. */
function signatureTypes({ params, answers, call }: OperationModel): readonly string[] {
  return [
    ...(params?.typeName === undefined ? [] : [params.typeName]),
    ...(call.kind === "url" ? [] : answers.map(({ responsesName }) => responsesName)),
  ];
}

function classStatement(
  clientName: string,
  { className, docs: parts, operations }: ClassModel,
): Statement {
  const options = unionType([namedType(`${clientName}Options`), namedType("Transport")]);
  const start = constructorBlock(options, code`super(service, options);`);
  const groups = [[start], ...operations.map(methodCodes)];
  return exported(docs(parts), classBlock(className, "ApiClass", groups), "other");
}

/** A method, below one signature for each answer that a caller can ask for. */
function methodCodes(operation: OperationModel): readonly Code[] {
  const comment = docs(operation.docs, [wireText(operation.wireLine)]);
  const heads = signatures(operation);
  const [head] = heads;
  const statement = statementText(operation);
  if (head !== undefined && heads.length === 1)
    return [code`${comment}${methodBlock(head, statement)}`];
  return [
    ...heads.map((overload) => code`${comment}${overload};`),
    methodBlock(implementationSignature(operation), statement),
  ];
}

function statementText({ call, answers }: OperationModel): Code {
  const described = callText(call);
  if (call.kind === "url") {
    const list = callArguments([described, variable("undefined"), variable("asUrl")]);
    return code`return this.request${list};`;
  }
  const [answer, ...others] = answers;
  const type =
    answer !== undefined && others.length > 0
      ? code`<${identifier(answer.responsesName)}>`
      : NOTHING;
  if (call.paging !== undefined) {
    const view = pagingText(call.paging, answers);
    return code`return this.request${callArguments([described, variable("options"), view])};`;
  }
  const list = callArguments([described, variable("options")]);
  return code`return this.request${type}${list};`;
}
