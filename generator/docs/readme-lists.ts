import { operationLine } from "./class-page.js";
import { codeSpan, listItem, table } from "./markdown/parts.js";
import { linkTo, methodLink, requestText, typeLink, type ReadmeWriting } from "./writing.js";

/** All operations, class by class. */
export function operationTable(writing: ReadmeWriting): string {
  const { classes } = writing.reference;
  return table(
    ["Class", "Method", "HTTP request", "Description"],
    classes.flatMap(({ className, operations }) =>
      operations.map((operation) => [
        linkTo(writing, codeSpan(className), writing.paths.ofClass(className)),
        methodLink(writing, className, operation.methodName),
        requestText(operation),
        operationLine(operation, writing),
      ]),
    ),
  );
}

/** All types of `models.ts`. */
export function modelList(writing: ReadmeWriting): string {
  const { models } = writing.reference;
  if (models.length === 0) return writing.fill("no-models");
  return models.map(({ declaration: { name } }) => listItem(typeLink(writing, name))).join("\n");
}

/** The bodies and answers that belong to one operation; empty where there are none. */
export function inlineTypeList(writing: ReadmeWriting): string {
  const { inlineTypes } = writing.reference;
  if (inlineTypes.length === 0) return "";
  const types = inlineTypes.map(({ name }) => listItem(typeLink(writing, name)));
  return writing.fill("readme-inline-types", { types: types.join("\n") });
}
