import type { AnswerModel, Declaration, OperationModel } from "../model/api-model.js";
import { responseType } from "../model/answers.js";
import { unionOf } from "../model/type-tools.js";
import type { TypesByName } from "../model/declarations.js";
import type { MediaType, Operation, Response } from "../resolve/resolved-api.js";
import type { TypeMember, TypeNode } from "../types/type-node.js";
import type { AnswerReference, BodyMediaType } from "./reference.js";

/** What each signature of a method gives; none for one that sends nothing. */
export function describeAnswers(
  { kind, responses }: Operation,
  made: OperationModel,
): readonly AnswerReference[] {
  if (kind === "url") return [];
  const successes = new Set(responses.filter(({ success }) => success).map(memberName));
  return made.answers.map((answer) => ({
    responsesName: answer.responsesName,
    accept: answer.accept,
    type: awaitedType(
      bodiesOf(answer, made.declarations).filter(({ name }) => successes.has(name)),
    ),
    item: made.call.paging === undefined ? undefined : answer.item,
  }));
}

/** Any of the successes may be answered; one without a body gives `undefined`. */
function awaitedType(successes: readonly TypeMember[]): TypeNode | undefined {
  const type = unionOf(successes.map((body) => body.type));
  return isNothing(type) ? undefined : type;
}

/** The name of a response in the interface of bodies. */
function memberName({ status }: Pick<Response, "status">): string {
  return String(status);
}

function isNothing(type: TypeNode): boolean {
  return type.kind === "keyword" && type.name === "undefined";
}

/** The members of the interface of bodies by status. */
function bodiesOf(
  { responsesName }: AnswerModel,
  declarations: readonly Declaration[],
): readonly TypeMember[] {
  const shape = declarations.find(({ name }) => name === responsesName)?.shape;
  return shape?.kind === "interface" ? shape.object.members : [];
}

/**
 * The media types of a response with what comes, by its exported name where it has one. Only a response that comes in
 * several types without a choice has types without a name: what has one is any of them.
 *
 * @param types what the schemas of the media types become
 */
export function describeContent(
  response: Response,
  types: readonly (TypeNode | undefined)[],
  made: OperationModel,
  schemas: TypesByName,
): readonly BodyMediaType[] {
  return response.mediaTypes.map((mediaType, index) => ({
    name: mediaType.name,
    type: exportedType(mediaType, response, made) ?? responseType(mediaType, types[index], schemas),
  }));
}

function exportedType(
  { name, isRange }: MediaType,
  response: Response,
  { answers, declarations }: OperationModel,
): TypeNode | undefined {
  const { success, mediaTypes } = response;
  const asked =
    success && !isRange ? answers.find(({ accept }) => accept.includes(name)) : undefined;
  const answer = asked ?? (mediaTypes.length === 1 ? answers[0] : undefined);
  const bodies = answer === undefined ? [] : bodiesOf(answer, declarations);
  return bodies.find((body) => body.name === memberName(response))?.type;
}
