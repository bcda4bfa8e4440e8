import type { NamedOperation } from "../names/named-api.js";
import { choosesContentType } from "../names/parameters.js";
import { pascalCase } from "../names/words.js";
import type { MediaType, Operation, RequestBody } from "../resolve/resolved-api.js";
import { textPart } from "../types/docs.js";
import {
  STRING,
  UNKNOWN,
  type OperationTypes,
  type TypeMember,
  type TypeNode,
} from "../types/type-node.js";
import { bodyText } from "./body-text.js";
import type { NamedType } from "./declarations.js";
import { textType } from "./text-types.js";
import { isAnything, mediaTypeWords, needsName, passable, unionOf } from "./type-tools.js";

/** The types of a request body. */
export interface BodyTypes {
  /** The members of `params` for each way to pass a body. */
  readonly choices: readonly (readonly TypeMember[])[];
  readonly declared: readonly NamedType[];
  /** The type of each media type, in their order, by the name under which it is declared. */
  readonly byMediaType: readonly TypeNode[];
}

/** Finds the different types that a body can have, names them, and says with which media type each goes. */
export function bodyTypes(
  { operation, typeStem }: NamedOperation,
  types: OperationTypes,
): BodyTypes {
  const body = operation.requestBody;
  if (body === undefined) return { choices: [], declared: [], byMediaType: [] };
  const typed = body.mediaTypes.map((mediaType, index) => ({
    mediaType,
    type: requestType(mediaType, types.requestBodies[index]),
  }));
  const distinct = [...new Map(typed.map(({ type }) => [JSON.stringify(type), type])).values()];
  const names = distinct.map((type, index) =>
    bodyName(typeStem, type, index, distinct.length, typed),
  );
  const declared = distinct.flatMap((type, index): NamedType[] => {
    const name = names[index];
    return name === undefined ? [] : [{ name, docs: textPart(bodyText(body)), type }];
  });
  const named = (type: TypeNode): TypeNode => {
    const name =
      names[distinct.findIndex((other) => JSON.stringify(other) === JSON.stringify(type))];
    return name === undefined ? type : { kind: "named", name };
  };
  const choices = distinct.map((type) => {
    const mediaTypes = typed
      .filter((other) => JSON.stringify(other.type) === JSON.stringify(type))
      .map(({ mediaType }) => mediaType);
    return bodyMembers(operation, body, named(type), mediaTypes);
  });
  return { choices, declared, byMediaType: typed.map(({ type }) => named(type)) };
}

/** Types with structure of their own get a name; `GetTokenBody`, or `UpdateMultipartFormDataBody` beside others. */
function bodyName(
  stem: string,
  type: TypeNode,
  index: number,
  count: number,
  typed: readonly { readonly mediaType: MediaType; readonly type: TypeNode }[],
): string | undefined {
  if (!needsName(type)) return undefined;
  const mediaType =
    typed.find((other) => JSON.stringify(other.type) === JSON.stringify(type))?.mediaType.name ??
    "";
  return count === 1 || index === 0
    ? `${stem}Body`
    : `${stem}${pascalCase(mediaTypeWords(mediaType))}Body`;
}

/** The type of a body of one media type, as the runtime takes it. */
export function requestType(mediaType: MediaType, type: TypeNode | undefined): TypeNode {
  switch (mediaType.kind) {
    case "binary":
      return { kind: "binaryBody" };
    case "text":
    case "eventStream":
      return textType(type);
    case "jsonItems":
      return { kind: "jsonItems", item: type ?? UNKNOWN };
    case "parts":
      return partsType(mediaType, type);
    default:
      return type ?? UNKNOWN;
  }
}

/** Parts in their order; of those that the document says nothing about, there can be any number. */
function partsType({ isItemSchema }: MediaType, type: TypeNode = UNKNOWN): TypeNode {
  return isItemSchema || isAnything(type) ? { kind: "array", element: type } : type;
}

function bodyMembers(
  operation: Operation,
  body: RequestBody,
  type: TypeNode,
  mediaTypes: readonly MediaType[],
): readonly TypeMember[] {
  const value: TypeMember = {
    name: "body",
    optional: !body.required,
    type: passable(type, !body.required),
    docs: textPart(bodyText(body)),
  };
  if (!choosesContentType(operation)) return [value];
  const isDefault = mediaTypes.some(
    (mediaType) => mediaType === body.mediaTypes[0] && !mediaType.isRange,
  );
  const choice = unionOf(mediaTypes.map(contentTypeType));
  const text = isDefault
    ? `The media type of the body. Default: \`${body.mediaTypes[0]?.name ?? ""}\`.`
    : "The media type of the body.";
  return [
    value,
    {
      name: "contentType",
      optional: isDefault,
      type: passable(choice, isDefault),
      docs: [{ kind: "text", text }],
    },
  ];
}

function contentTypeType(mediaType: MediaType): TypeNode {
  const [type = "*"] = mediaType.name.split("/");
  if (!mediaType.isRange) return { kind: "literal", value: mediaType.name };
  return type === "*" || !/^[a-z0-9-]+$/.test(type) ? STRING : { kind: "mediaRange", type };
}
