import { resolvePointer } from "../document/pointer.js";
import { signatureTexts } from "../emit/signatures.js";
import type { OperationModel } from "../model/api-model.js";
import { acceptChoices } from "../names/parameters.js";
import type { NamedOperation } from "../names/named-api.js";
import { operationIdentity } from "../names/operations.js";
import { isPromised } from "../resolve/idempotency.js";
import type { Operation } from "../resolve/resolved-api.js";
import type { OperationTypes } from "../types/type-node.js";
import { externalDocsOf } from "./about.js";
import { describeAnswers } from "./answers.js";
import { describeBody } from "./bodies.js";
import type { Describing } from "./describing.js";
import { describePaging } from "./paging.js";
import { describeParameters } from "./parameters.js";
import type { OperationReference } from "./reference.js";
import { describeResponses } from "./responses.js";

const NO_TYPES: OperationTypes = { parameters: [], requestBodies: [], responses: [] };

/** What the page of a class tells of one operation. */
export function describeOperation(
  named: NamedOperation,
  made: OperationModel,
  className: string,
  describing: Describing,
  examples: OperationReference["examples"],
): OperationReference {
  const { operation, methodName } = named;
  const { table } = describing;
  const { operationId, method, path, kind, summary, description, deprecated, sunset } = operation;
  const types = table.operations.get(operationIdentity(operation)) ?? NO_TYPES;
  return {
    className,
    methodName,
    operationId,
    method,
    path,
    kind,
    signatures: signatureTexts(made),
    summary,
    description,
    externalDocs: externalDocsOf(resolvePointer(table.named.api.document, operation.pointer)),
    deprecated,
    sunset,
    params: made.params,
    parameters: describeParameters(named, types, table.int64),
    body: describeBody(named, types),
    ...acceptOf(operation, made),
    answers: describeAnswers(operation, made),
    responses: describeResponses(operation, types, made, describing),
    ...authorizationOf(operation),
    servers: operation.servers,
    paging: describePaging(named, made),
    streaming: streamingOf(operation),
    ...repetitionOf(operation),
    declarations: made.declarations,
    examples,
  };
}

/** Without another value the runtime asks for JSON. */
function acceptOf(
  operation: Operation,
  { call }: OperationModel,
): Pick<OperationReference, "accept" | "acceptChoices"> {
  const choices = acceptChoices(operation);
  return {
    accept: call.kind === "url" ? undefined : (call.accept ?? "application/json"),
    acceptChoices: choices.length > 1 ? choices : [],
  };
}

/** An alternative that asks for nothing is no alternative that a reader could choose. */
function authorizationOf({
  security,
}: Operation): Pick<OperationReference, "security" | "isAnonymous"> {
  const needed = security.filter((schemes) => schemes.length > 0);
  return { security: needed, isAnonymous: needed.length === 0 || needed.length < security.length };
}

function streamingOf({ responses }: Operation): OperationReference["streaming"] {
  const kinds = new Set(
    responses
      .filter(({ success }) => success)
      .flatMap(({ mediaTypes }) => mediaTypes.map((mediaType) => mediaType.kind)),
  );
  if (kinds.has("eventStream")) return "events";
  return kinds.has("jsonItems") ? "values" : undefined;
}

function repetitionOf(
  operation: Operation,
): Pick<OperationReference, "idempotency" | "isIdempotencyStated" | "isRetried"> {
  const { idempotency, kind } = operation;
  return {
    idempotency,
    isIdempotencyStated: !isPromised(operation),
    isRetried: kind === "request" && idempotency !== "never",
  };
}
