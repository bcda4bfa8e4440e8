import { stringLiteral } from "../emit/code.js";
import { VERSION } from "../output/generator-identity.js";
import { authorizationSection } from "./readme-authorization.js";
import { baseUrlSection } from "./readme-base-url.js";
import { featureSections } from "./readme-features.js";
import { helperSection } from "./readme-helpers.js";
import { inlineTypeList, modelList, operationTable } from "./readme-lists.js";
import { blockText } from "./markdown/block-text.js";
import { inlineText } from "./markdown/inline-text.js";
import { anchor, codeSpan } from "./markdown/parts.js";
import { codeBlock } from "./operation-examples.js";
import { externalDocsText } from "./outside-links.js";
import { aboutValues } from "./readme-about.js";
import { sectionAnchor } from "./sections.js";
import type { Reference } from "../reference/reference.js";
import type { ReadmeWriting } from "./writing.js";

/** The first page: how to begin, what holds for all operations, and lists of everything. */
export function readmePage(writing: ReadmeWriting): string {
  const { reference, fill } = writing;
  const { clientName, clientModule, title, version, description, about, specification, start } =
    reference;
  return fill("readme", {
    clientName,
    title: titleText(title, version, writing),
    description: description === undefined ? "" : blockText(description, writing),
    summary: about.summary === undefined ? "" : blockText(about.summary, writing),
    externalDocs: externalDocsText(about.externalDocs, writing),
    module: codeSpan(clientModule),
    start:
      start === undefined
        ? ""
        : fill("readme-start", { code: codeBlock(start.code), module: codeSpan(clientModule) }),
    baseUrl: baseUrlSection(writing),
    authorization: authorizationSection(writing),
    helpers: helperSection(writing),
    errors: fill("readme-errors", { module: stringLiteral(clientModule) }),
    features: featureSections(writing),
    retriesAnchor: anchor(sectionAnchor("retries")),
    retries: fill("readme-retries", { program: retriesProgram(reference, writing) }),
    operationsAnchor: anchor(sectionAnchor("operations")),
    operations: operationTable(writing),
    modelsAnchor: anchor(sectionAnchor("models")),
    models: modelList(writing),
    inlineTypes: inlineTypeList(writing),
    document: titleText(title, version, writing),
    specification: inlineText(specification, writing),
    ...aboutValues(reference, writing),
    generator: VERSION,
  });
}

/** Without operations, the class of the client takes no options. */
function retriesProgram(
  { classes, clientName, clientModule }: Reference,
  writing: ReadmeWriting,
): string {
  if (classes.length === 0) return "";
  return writing.fill("readme-retries-program", {
    clientName,
    module: stringLiteral(clientModule),
  });
}

function titleText(title: string, version: string, writing: ReadmeWriting): string {
  const text = [title, version]
    .map((part) => inlineText(part, writing))
    .join(" ")
    .trim();
  return text === "" ? writing.fill("untitled") : text;
}
