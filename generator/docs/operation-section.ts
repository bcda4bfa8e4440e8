import type { Declaration } from "../model/api-model.js";
import type { OperationReference } from "../reference/reference.js";
import { declarationText } from "./declaration-text.js";
import { blockText } from "./markdown/block-text.js";
import { anchor, codeSpan, fence, heading } from "./markdown/parts.js";
import { linksBack } from "./links-back.js";
import { bodySection, bodyTypesOf } from "./operation-body.js";
import { detailsText } from "./operation-details.js";
import { examplesText } from "./operation-examples.js";
import { parametersText } from "./operation-parameters.js";
import { responseHeaders, responseTable } from "./operation-responses.js";
import { returnsText } from "./operation-returns.js";
import { externalDocsText } from "./outside-links.js";
import { anchorIn } from "./page-paths.js";
import { blocks, linkTo, requestText, type Writing } from "./writing.js";

/** Everything about one operation. */
export function operationSection(operation: OperationReference, writing: Writing): string {
  const { methodName, className, params, answers, responses } = operation;
  const responseTypes = answers.map(({ responsesName }) => responsesName);
  return writing.fill("operation", {
    anchor: anchorOf(writing.paths.ofMethod(className, methodName)),
    heading: heading(2, methodName),
    request: requestText(operation),
    signature: fence(operation.signatures.join("\n"), SIGNATURE),
    deprecated: deprecatedText(operation, writing),
    ...aboutText(operation, writing),
    externalDocs: externalDocsText(operation.externalDocs, writing),
    example: examplesText(operation, writing),
    anchorOfParams: params?.typeName === undefined ? "" : typeAnchor(params.typeName, writing),
    parameters: parametersText(operation, writing),
    body: bodySection(operation, writing),
    returns: returnsText(operation, writing),
    details: detailsText(operation, writing),
    anchorsOfResponses: responseTypes.map((name) => typeAnchor(name, writing)).join(" "),
    responses: responseTable(responses, writing),
    headers: responseHeaders(responses, writing),
    types: blocks(otherTypes(operation).map((type) => typeSection(type, writing))),
    class: linkTo(writing, codeSpan(className), writing.paths.ofClass(className)),
    ...linksBack(writing),
  });
}

/** What tells a signature from a program, which can be run: the long name of the language. */
const SIGNATURE = "typescript";

/** Summary and description. Where one begins with the other, the longer one says it all. */
function aboutText(
  { summary = "", description = "" }: OperationReference,
  writing: Writing,
): { readonly summary: string; readonly description: string } {
  const isRepeated = description.trim().startsWith(summary.trim());
  return {
    summary: isRepeated ? "" : blockText(summary, writing),
    description: blockText(description, writing),
  };
}

function deprecatedText({ deprecated, sunset }: OperationReference, { fill }: Writing): string {
  if (sunset !== undefined) return fill("operation-sunset", { sunset: codeSpan(sunset) });
  return deprecated ? fill("operation-deprecated") : "";
}

/** The types of an operation that its tables do not show already. */
function otherTypes(operation: OperationReference): readonly Declaration[] {
  const shown = new Set([
    operation.params?.typeName,
    ...operation.answers.map(({ responsesName }) => responsesName),
    ...bodyTypesOf(operation).map(({ name }) => name),
  ]);
  return operation.declarations.filter(({ name }) => !shown.has(name));
}

function typeSection(declaration: Declaration, writing: Writing): string {
  return blocks([
    typeAnchor(declaration.name, writing),
    heading(4, codeSpan(declaration.name)),
    declarationText(declaration, writing),
  ]);
}

export function typeAnchor(name: string, { paths }: Writing): string {
  return anchorOf(paths.ofType(name) ?? "");
}

function anchorOf(place: string): string {
  const id = anchorIn(place);
  return id === undefined ? "" : anchor(id);
}
