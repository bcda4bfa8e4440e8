import {
  StructureKind,
  type ClassDeclarationStructure,
  type MethodDeclarationStructure,
  type OptionalKind,
} from "ts-morph";
import type {
  AnswerModel,
  ApiModel,
  ClassModel,
  Declaration,
  OperationModel,
} from "../model/api-model.js";
import { callText, encoderFunctions, styleFunctions } from "./calls.js";
import { code, identifier, joined, stringLiteral, type Code } from "./code.js";
import { declaration, docStructures } from "./declarations.js";
import type { FileStructure } from "./file.js";
import { importDeclarations, referencedTypes, type Import } from "./imports.js";
import { wireText } from "./wire-text.js";

/** The file of one class: the class, and below it the types of its operations in call order. */
export function classFile(model: ApiModel, classModel: ClassModel, runtime: string): FileStructure {
  const declarations = classModel.operations.flatMap((operation) => operation.declarations);
  return {
    path: `${classModel.fileStem}.ts`,
    statements: [
      ...importDeclarations(importsOf(model, classModel, declarations, runtime)).map(
        (structure) => ({ kind: StructureKind.ImportDeclaration, ...structure }) as const,
      ),
      classStructure(model, classModel),
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
  const types = referencedTypes(declarations);
  const own = new Set(declarations.map(({ name }) => name));
  const schemas = types.flatMap((type) =>
    type.kind === "named" && !own.has(type.name) ? [type.name] : [],
  );
  const encoders = calls.flatMap(({ body }) => encoderFunctions(body));
  const sends = calls.some(({ kind }) => kind === "request");
  const isUsed = (kind: string): boolean => types.some((type) => type.kind === kind);
  const file = (name: string): string => `${runtime}/${name}.js`;
  return [
    { name: "ApiClass", from: file("api-class"), isType: false },
    ...(sends ? [{ name: "ApiPromise", from: file("api-promise"), isType: true }] : []),
    { name: "Transport", from: file("transport"), isType: true },
    ...encoders.map(({ name, stem }) => ({ name, from: file(stem), isType: false })),
    ...calls.flatMap(styleFunctions).map((name) => ({ name, from: file("styles"), isType: false })),
    ...(isUsed("binaryBody") ? [{ name: "BinaryBody", from: file("binary"), isType: true }] : []),
    ...(isUsed("parameterValue")
      ? [{ name: "ParameterValue", from: file("call"), isType: true }]
      : []),
    ...(isUsed("eventStream")
      ? [{ name: "EventStream", from: file("event-stream"), isType: true }]
      : []),
    ...(isUsed("eventStream")
      ? [{ name: "eventStream", from: file("event-stream"), isType: false }]
      : []),
    ...schemas.map((name) => ({ name, from: "./models.js", isType: true })),
    { name: "service", from: "./service.js", isType: false },
    { name: `${model.clientName}Options`, from: "./service.js", isType: true },
    ...(sends ? [{ name: "RequestOptions", from: "./service.js", isType: true }] : []),
  ];
}

function classStructure(
  model: ApiModel,
  { className, docs, operations }: ClassModel,
): ClassDeclarationStructure {
  return {
    kind: StructureKind.Class,
    name: identifier(className),
    isExported: true,
    extends: "ApiClass",
    docs: docStructures(docs),
    ctors: [
      {
        parameters: [
          {
            name: "options",
            type: code`${identifier(`${model.clientName}Options`)} | Transport`,
            initializer: "{}",
          },
        ],
        statements: ["super(service, options);"],
      },
    ],
    methods: operations.map(methodStructure),
  };
}

function methodStructure(operation: OperationModel): OptionalKind<MethodDeclarationStructure> {
  const docs = docStructures(operation.docs, [wireText(operation.wireLine)]);
  const [first, ...others] = operation.answers;
  const signatures = operation.answers.map((answer) => ({
    parameters: parametersOf(operation, answer),
    returnType: returnType(operation, [answer]),
  }));
  const body = {
    name: identifier(operation.methodName),
    statements: [statementText(operation, first, others.length > 0)],
  };
  if (others.length === 0) return { ...body, docs, ...signatures[0] };
  return {
    ...body,
    overloads: signatures.map((signature) => ({ ...signature, docs })),
    parameters: implementationParameters(operation),
    returnType: returnType(operation, operation.answers),
  };
}

interface ParameterStructure {
  name: string;
  type: string;
  initializer?: string;
  hasQuestionToken?: boolean;
}

/** `params` where there is something to pass, and `options`, which is always there. */
function parametersOf(operation: OperationModel, answer: AnswerModel): ParameterStructure[] {
  const { params, answers, call } = operation;
  const options: ParameterStructure[] =
    call.kind === "url"
      ? []
      : [{ name: "options", type: "RequestOptions", hasQuestionToken: true }];
  if (params === undefined) return options;
  const named = params.typeName === undefined ? [] : [identifier(params.typeName)];
  if (answers.length === 1) {
    const [type = code`object`] = named;
    return [
      params.optional ? { name: "params", type, initializer: "{}" } : { name: "params", type },
      ...options,
    ];
  }
  const isPreferred = answer === answers[0];
  const accept = code`{ accept${isPreferred ? code`?` : code``}: ${acceptType(answer, isPreferred)} }`;
  return [
    {
      name: "params",
      type: joined([...named, accept], code` & `),
      hasQuestionToken: isPreferred && params.optional,
    },
    ...options,
  ];
}

function acceptType({ accept }: AnswerModel, isOptional: boolean): Code {
  const literals = joined(accept.map(stringLiteral), code` | `);
  return isOptional ? code`${literals} | undefined` : literals;
}

function implementationParameters({ params, answers }: OperationModel): ParameterStructure[] {
  const accept = joined(
    answers.map((answer) => acceptType(answer, false)),
    code` | `,
  );
  const named = params?.typeName === undefined ? [] : [identifier(params.typeName)];
  const type = joined([...named, code`{ accept?: ${accept} | undefined }`], code` & `);
  return [
    params?.optional === true
      ? { name: "params", type, initializer: "{}" }
      : { name: "params", type },
    { name: "options", type: "RequestOptions", hasQuestionToken: true },
  ];
}

function returnType({ call }: OperationModel, answers: readonly AnswerModel[]): Code {
  if (call.kind === "url") return code`URL`;
  return joined(
    answers.map(({ responsesName }) => code`ApiPromise<${identifier(responsesName)}>`),
    code` | `,
  );
}

function statementText(
  { call }: OperationModel,
  answer: AnswerModel | undefined,
  isOverloaded: boolean,
): Code {
  if (call.kind === "url") return code`return this.url(${callText(call)});`;
  const type =
    isOverloaded && answer !== undefined ? code`<${identifier(answer.responsesName)}>` : code``;
  return code`return this.request${type}(${callText(call)}, options);`;
}
