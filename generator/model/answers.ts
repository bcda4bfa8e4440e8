import type { NamedOperation } from "../names/named-api.js";
import { pointerTokens } from "../document/pointer.js";
import { acceptChoices } from "../names/parameters.js";
import { pascalCase } from "../names/words.js";
import type { MediaType, Operation, Response } from "../resolve/resolved-api.js";
import { textPart, type Docs } from "../types/docs.js";
import {
  UNDEFINED,
  UNKNOWN,
  type OperationTypes,
  type TypeMember,
  type TypeNode,
} from "../types/type-node.js";
import type { AnswerModel, ItemModel } from "./api-model.js";
import type { NamedType, TypesByName } from "./declarations.js";
import { eventType, isEvent } from "./events.js";
import { itemModel } from "./items.js";
import { textType } from "./text-types.js";
import { mediaTypeWords, needsName, unionOf } from "./type-tools.js";

/** What a method gives for one choice of `accept`, and the types that say so. */
export interface AnswerTypes {
  readonly model: AnswerModel;
  readonly declared: readonly NamedType[];
}

/** What the functions of this file look at. */
interface Answering {
  readonly named: NamedOperation;
  readonly types: OperationTypes;
  readonly schemas: TypesByName;
}

/** The media types that a caller can ask for, those with the same types together, and the types of each group. */
export function answerTypes(
  named: NamedOperation,
  types: OperationTypes,
  schemas: TypesByName,
): readonly AnswerTypes[] {
  const answering: Answering = { named, types, schemas };
  const groups = choiceGroups(answering);
  const isChoice = acceptChoices(named.operation).length > 1;
  return groups.map((accept, index) => {
    const suffix = index === 0 ? "" : suffixOf(accept, groups.slice(0, index));
    return answerType(answering, accept, suffix, isChoice);
  });
}

/** Two media types can make the same word; the later one is then told apart by its place among them. */
function suffixOf(accept: readonly string[], before: readonly (readonly string[])[]): string {
  const word = (group: readonly string[]): string => pascalCase(mediaTypeWords(group[0] ?? ""));
  const same = before.slice(1).filter((group) => word(group) === word(accept)).length;
  return same === 0 ? word(accept) : `${word(accept)}${same + 1}`;
}

function choiceGroups(answering: Answering): readonly (readonly string[])[] {
  const { operation } = answering.named;
  const groups = new Map<string, string[]>();
  for (const choice of acceptChoices(operation)) {
    const successes = operation.responses.map((response, index) =>
      response.success ? answeredType(answering, response, index, choice) : null,
    );
    const key = JSON.stringify(successes);
    groups.set(key, [...(groups.get(key) ?? []), choice]);
  }
  return groups.size === 0 ? [[]] : [...groups.values()];
}

function answerType(
  answering: Answering,
  accept: readonly string[],
  suffix: string,
  isChoice: boolean,
): AnswerTypes {
  const { operation, typeStem, methodName } = answering.named;
  const bodies = operation.responses.map((response, index) => {
    const type = answeredType(answering, response, index, accept[0]);
    // The errors are the same whatever is asked for, so the first group declares their types.
    const name = `${typeStem}${response.success ? suffix : ""}${statusWord(response)}Response`;
    return { response, type, name: needsName(type) ? name : undefined };
  });
  const responsesName = `${typeStem}${suffix}Responses`;
  const asked =
    suffix === "" ? "" : ` when it asks for ${accept.map((name) => `\`${name}\``).join(" or ")}`;
  const docs: Docs = [
    { kind: "text", text: `What \`${methodName}\` is answered with${asked}, by status.` },
  ];
  const members = bodies.map(({ response, type, name }) => bodyMember(response, type, name));
  const declared = bodies.flatMap(({ response, type, name }): NamedType[] =>
    name !== undefined && (suffix === "" || response.success)
      ? [{ name, docs: textPart(response.description), type }]
      : [],
  );
  return {
    model: { responsesName, accept: isChoice ? accept : [], item: itemOf(answering, bodies) },
    declared: [
      { name: responsesName, docs, type: { kind: "object", members, index: undefined } },
      ...declared,
    ],
  };
}

/** The items of the first success that has them where the document says. */
function itemOf(
  { named: { operation }, schemas }: Answering,
  bodies: readonly { readonly response: Response; readonly type: TypeNode }[],
): ItemModel | undefined {
  const { pagination } = operation;
  if (pagination === undefined) return undefined;
  const keys = pointerTokens(pagination.items);
  return bodies
    .filter(({ response }) => response.success)
    .map(({ response, type }) => itemModel(response.status, type, keys, schemas))
    .find((item) => item !== undefined);
}

function bodyMember(response: Response, type: TypeNode, name: string | undefined): TypeMember {
  return {
    name: String(response.status),
    optional: false,
    type: name === undefined ? type : { kind: "named", name },
    // What an error means stands at the method, where a caller looks for it.
    docs: response.success ? textPart(response.description) : [],
  };
}

function statusWord(response: Response): string {
  return response.status === "default" ? "Default" : String(response.status);
}

/**
 * The body of one status. For a success, if the media type that is asked for is among its own, that one's type.
 * Otherwise, or if a range is asked for, the server chooses, so the type is any of them.
 */
function answeredType(
  { named, types, schemas }: Answering,
  response: Response,
  index: number,
  accept: string | undefined,
): TypeNode {
  const { operation } = named;
  const { mediaTypes } = response;
  if (mediaTypes.length === 0) {
    return isWithoutBody(operation, response) ? UNDEFINED : UNKNOWN;
  }
  const typed = mediaTypes.map((mediaType, position) => ({
    mediaType,
    // Errors are read as a whole, whatever they are: a stream of them has no use.
    type:
      mediaType.kind === "jsonItems" && !response.success
        ? UNKNOWN
        : responseType(mediaType, types.responses[index]?.[position], schemas),
  }));
  const wanted = typed.find(
    ({ mediaType }) => response.success && mediaType.name === accept && !mediaType.isRange,
  );
  return wanted?.type ?? unionOf(typed.map(({ type }) => type));
}

/**
 * Whether no content in the document means no body. Errors mostly have one all the same, for authors leave them out;
 * of other answers, and those to HEAD (RFC 9110, 9.3.2), it can be believed.
 */
function isWithoutBody(operation: Operation, { status, success }: Response): boolean {
  return operation.method === "HEAD" || success || (typeof status === "number" && status < 400);
}

/** The type of a body of one media type, as the runtime gives it. */
export function responseType(
  mediaType: MediaType,
  type: TypeNode | undefined,
  schemas: TypesByName,
): TypeNode {
  switch (mediaType.kind) {
    case "binary":
    case "multipart":
    case "parts":
      return { kind: "blob" };
    case "text":
    case "form":
      return textType(type);
    case "jsonItems":
      return { kind: "jsonStream", item: type ?? UNKNOWN };
    case "eventStream":
      return {
        kind: "eventStream",
        event: type !== undefined && isEvent(type, schemas) ? eventType(type, schemas) : undefined,
      };
    default:
      return type ?? UNKNOWN;
  }
}
