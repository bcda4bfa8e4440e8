import type {
  AnswerModel,
  ApiModel,
  ClassModel,
  Declaration,
  OperationModel,
} from "../model/api-model.js";
import { callText, runtimeFunctions } from "./calls.js";
import { code, identifier, memberKey, NOTHING, type Code } from "./code.js";
import { declaration } from "./declarations.js";
import type { FileStructure } from "./file.js";
import {
  declaringFiles,
  filePartImport,
  importDeclarations,
  referencedTypes,
  type Import,
} from "./imports.js";
import { int64Constants } from "./int64.js";
import { docs } from "./layout/comments.js";
import { callArguments, variable } from "./layout/expressions.js";
import {
  classBlock,
  constructorBlock,
  exported,
  methodBlock,
  signature,
  type Parameter,
  type Statement,
} from "./layout/statements.js";
import {
  genericType,
  intersectionType,
  namedType,
  objectType,
  propertySignature,
  simpleType,
  stringType,
  unionType,
  type Type,
} from "./layout/types.js";
import { UNDEFINED_TYPE } from "./type-text.js";
import { itemTypes, pagedPromise, pagingImports, pagingText } from "./paging.js";
import { wireText } from "./wire-text.js";

/** The file of one class: the class, and below it the types of its operations in call order. */
export function classFile(model: ApiModel, classModel: ClassModel, runtime: string): FileStructure {
  const declarations = classModel.operations.flatMap((operation) => operation.declarations);
  return {
    path: `${classModel.fileStem}.ts`,
    statements: [
      ...importDeclarations(importsOf(model, classModel, declarations, runtime)),
      classStatement(model, classModel),
      ...declarations.map(declaration),
    ],
  };
}

function importsOf(
  model: ApiModel,
  classModel: ClassModel,
  declarations: readonly Declaration[],
  runtime: string,
): readonly Import[] {
  const calls = classModel.operations.map((operation) => operation.call);
  const types = [...referencedTypes(declarations), ...itemTypes(classModel.operations)];
  const own = new Set(declarations.map(({ name }) => name));
  const files = declaringFiles(model);
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
    ...foreign.map((name) => ({ name, from: files.get(name) ?? "./models.js", isType: true })),
    { name: "service", from: "./service.js", isType: false },
    { name: `${model.clientName}Options`, from: "./service.js", isType: true },
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
  { clientName }: ApiModel,
  { className, docs: parts, operations }: ClassModel,
): Statement {
  const options = unionType([namedType(`${clientName}Options`), namedType("Transport")]);
  const start = constructorBlock(options, code`super(service, options);`);
  const groups = [[start], ...operations.map(methodCodes)];
  return exported(docs(parts), classBlock(className, "ApiClass", groups), "other");
}

/** A method, below one signature for each answer that a caller can ask for. */
function methodCodes(operation: OperationModel): readonly Code[] {
  const { answers } = operation;
  const name = identifier(operation.methodName);
  const comment = docs(operation.docs, [wireText(operation.wireLine)]);
  const heads = answers.map((answer) =>
    signature(name, parametersOf(operation, answer), returnType(operation, [answer])),
  );
  const [head] = heads;
  const statement = statementText(operation);
  if (head !== undefined && heads.length === 1)
    return [code`${comment}${methodBlock(head, statement)}`];
  const whole = signature(
    name,
    implementationParameters(operation),
    returnType(operation, answers),
  );
  return [...heads.map((overload) => code`${comment}${overload};`), methodBlock(whole, statement)];
}

const OPTIONS: Parameter = {
  name: "options",
  type: namedType("RequestOptions"),
  optional: "undefined",
};

/** `params` where there is something to pass, and `options`, which is always there. */
function parametersOf(
  { params, answers, call }: OperationModel,
  answer: AnswerModel,
): readonly Parameter[] {
  const options = call.kind === "url" ? [] : [OPTIONS];
  if (params === undefined) return options;
  const named = params.typeName === undefined ? [] : [namedType(params.typeName)];
  if (answers.length === 1) {
    const [type = simpleType(code`object`)] = named;
    return [
      { name: "params", type, optional: params.optional ? "empty object" : "no" },
      ...options,
    ];
  }
  const isPreferred = answer === answers[0];
  const accept = acceptObject(answer.accept, isPreferred);
  return [
    {
      name: "params",
      type: intersectionType([...named, accept]),
      optional: isPreferred && params.optional ? "undefined" : "no",
    },
    ...options,
  ];
}

/** `{ accept: "text/csv" }` */
function acceptObject(accept: readonly string[], isOptional: boolean): Type {
  const types = [...accept.map(stringType), ...(isOptional ? [UNDEFINED_TYPE] : [])];
  const member = propertySignature(memberKey("accept"), isOptional, unionType(types));
  return objectType([{ comment: NOTHING, code: member }], true);
}

function implementationParameters({ params, answers }: OperationModel): readonly Parameter[] {
  const accept = acceptObject(
    answers.flatMap((answer) => answer.accept),
    true,
  );
  const named = params?.typeName === undefined ? [] : [namedType(params.typeName)];
  const type = intersectionType([...named, accept]);
  return [
    { name: "params", type, optional: params?.optional === true ? "empty object" : "no" },
    OPTIONS,
  ];
}

function returnType({ call }: OperationModel, answers: readonly AnswerModel[]): Type {
  if (call.kind === "url") return namedType("URL");
  return unionType(
    answers.map((answer) => {
      return call.paging === undefined || answer.item === undefined
        ? genericType("ApiPromise", [namedType(answer.responsesName)])
        : pagedPromise(call.paging, answer, answer.item);
    }),
  );
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
