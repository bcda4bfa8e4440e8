import type { AnswerModel, OperationModel } from "../model/api-model.js";
import { code, identifier, memberKey, NOTHING, printed, type Code } from "./code.js";
import { signature, type Parameter } from "./layout/statements.js";
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
import { pagedPromise } from "./paging.js";
import { UNDEFINED_TYPE } from "./type-text.js";

/** The signatures of a method as text, laid out: one for each answer that a caller can ask for. */
export function signatureTexts(operation: OperationModel): readonly string[] {
  return signatures(operation).map((head) => printed(code`${head};`));
}

/** What a caller sees of a method. */
export function signatures(operation: OperationModel): readonly Code[] {
  const name = identifier(operation.methodName);
  return operation.answers.map((answer) =>
    signature(name, parametersOf(operation, answer), returnType(operation, [answer])),
  );
}

/** The signature that stands below several others, and takes what all of them take. */
export function implementationSignature(operation: OperationModel): Code {
  return signature(
    identifier(operation.methodName),
    implementationParameters(operation),
    returnType(operation, operation.answers),
  );
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
