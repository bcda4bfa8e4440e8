import type {
  BodyReference,
  OperationReference,
  ParameterReference,
} from "../reference/reference.js";
import type { Docs } from "../types/docs.js";
import type { TypeNode } from "../types/type-node.js";
import { inlineText } from "./markdown/inline-text.js";
import { codeSpan } from "./markdown/parts.js";
import { typeText } from "./markdown/type-text.js";
import { descriptionText, notesText, propertyTable, type PropertyLine } from "./property-table.js";
import type { Writing } from "./writing.js";

/** The members of `params`: parameters, the body, and what chooses media types. */
export function parametersText(operation: OperationReference, writing: Writing): string {
  const { parameters, body, acceptChoices } = operation;
  const lines = [
    ...parameters.map((parameter) => parameterLine(parameter, writing)),
    ...(body === undefined ? [] : bodyLines(body, writing)),
    ...(acceptChoices.length === 0 ? [] : [acceptLine(acceptChoices, writing)]),
  ];
  return lines.length === 0 ? writing.fill("no-parameters") : propertyTable(lines);
}

function parameterLine(parameter: ParameterReference, writing: Writing): PropertyLine {
  const { key, type, docs } = parameter;
  return {
    name: codeSpan(key),
    type: typeText(type, writing),
    description: descriptionText(docs, writing),
    notes: notesText(parameterWords(parameter), docs, writing),
  };
}

function parameterWords(parameter: ParameterReference): readonly string[] {
  const { key, wireName, location, optional, isFilledIn, isIdempotencyKey } = parameter;
  return [
    location === "querystring" ? "the whole query" : location,
    ...(key === wireName ? [] : [`sent as ${codeSpan(wireName)}`]),
    ...(optional ? ["optional"] : []),
    ...(isFilledIn ? ["always sent"] : []),
    ...(isIdempotencyKey ? ["made for you"] : []),
  ];
}

function bodyLines(body: BodyReference, writing: Writing): readonly PropertyLine[] {
  const { mediaTypes, optional, description, isChosen, defaultContentType } = body;
  const value = {
    name: codeSpan("body"),
    type: alternatives(mediaTypes.map(({ type }) => typeText(type, writing))),
    description: description === undefined ? "" : inlineText(description, writing),
    notes: notesText(["body", ...(optional ? ["optional"] : [])], [], writing),
  };
  const names = mediaTypes.map(({ name }) => name);
  return isChosen
    ? [value, choiceLine("contentType", names, defaultContentType, "content-type", writing)]
    : [value];
}

function acceptLine(choices: readonly string[], writing: Writing): PropertyLine {
  return choiceLine("accept", choices, choices[0], "accept", writing);
}

/** A member by which a caller chooses a media type. */
function choiceLine(
  key: string,
  names: readonly string[],
  preset: string | undefined,
  template: "content-type" | "accept",
  writing: Writing,
): PropertyLine {
  const docs: Docs =
    preset === undefined
      ? []
      : [{ kind: "tag", tag: "defaultValue", text: JSON.stringify(preset) }];
  const types = names.map((name): TypeNode => ({ kind: "literal", value: name }));
  return {
    name: codeSpan(key),
    type: alternatives(types.map((type) => typeText(type, writing))),
    description: writing.fill(template),
    notes: notesText(preset === undefined ? [] : ["optional"], docs, writing),
  };
}

/** Types of which one counts, each once. */
export function alternatives(types: readonly string[]): string {
  return [...new Set(types)].join(" or ");
}
