import type { ModelReference, ModelUse, ModelVariant } from "../reference/reference.js";
import type { Docs } from "../types/docs.js";
import { declarationText } from "./declaration-text.js";
import { blockText } from "./markdown/block-text.js";
import { codeSpan, heading, listItem } from "./markdown/parts.js";
import { linksBack } from "./links-back.js";
import { codeBlock } from "./operation-examples.js";
import { externalDocsText } from "./outside-links.js";
import { notesText } from "./property-table.js";
import { blocks, linkTo, methodLink, typeLink, type Writing } from "./writing.js";

/** The page of a type of `models.ts`. */
export function modelPage(model: ModelReference, writing: Writing): string {
  const { declaration, now, externalDocs } = model;
  const example = model.example.made();
  const { name, docs } = declaration;
  const texts = docs.flatMap((part) =>
    part.kind === "text" ? [blockText(part.text, writing)] : [],
  );
  return writing.fill("model", {
    heading: heading(1, name),
    description: blocks(texts),
    externalDocs: externalDocsText(externalDocs, writing),
    deprecated: docs.some(isDeprecated) ? writing.fill("model-deprecated") : "",
    notes: notesText(
      [],
      docs.filter((part) => !isDeprecated(part)),
      writing,
    ),
    earlier:
      now === undefined ? "" : writing.fill("model-earlier", { now: typeLink(writing, now) }),
    variants: variantsText(model, writing),
    shape: declarationText(declaration, writing),
    example:
      example === undefined ? "" : writing.fill("model-example", { code: codeBlock(example.code) }),
    uses: usesText(model, writing),
    ...linksBack(writing),
  });
}

/** What is deprecated is told first, and in a sentence. */
function isDeprecated(part: Docs[number]): boolean {
  return part.kind === "tag" && part.tag === "deprecated";
}

/** What the schema is where it is not this type. */
function variantsText(
  { declaration: { name }, variants, onlyHere }: ModelReference,
  writing: Writing,
): string {
  const others = variants.filter((variant) => variant.name !== name);
  if (others.length === 0) return "";
  return writing.fill("model-variants", {
    variants: others.map((variant) => listItem(variantText(variant, writing))).join("\n"),
    only:
      onlyHere.length === 0
        ? ""
        : writing.fill("model-only", {
            type: codeSpan(name),
            properties: onlyHere.map((key) => codeSpan(key)).join(", "),
          }),
  });
}

function variantText({ name, role }: ModelVariant, writing: Writing): string {
  return writing.fill(`variant-${role}`, { type: typeLink(writing, name) });
}

/** The most operations that are listed by themselves; of more, only the classes are. */
const MOST_OPERATIONS = 20;

function usesText({ operations, models }: ModelReference, writing: Writing): string {
  const inModels = models.map((name) => listItem(typeLink(writing, name)));
  if (operations.length === 0 && inModels.length === 0) return "";
  const inOperations =
    operations.length > MOST_OPERATIONS
      ? classLinks(operations, writing)
      : operations.map((use) => listItem(useText(use, writing)));
  return writing.fill("model-uses", {
    operations: inOperations.join("\n"),
    models:
      inModels.length === 0 ? "" : writing.fill("model-in-models", { models: inModels.join("\n") }),
  });
}

/** `VideoApi.getVideo`, and in which direction. */
function useText({ className, methodName, takes, gives }: ModelUse, writing: Writing): string {
  const template = takes && gives ? "use-both" : takes ? "use-takes" : "use-gives";
  return writing.fill(template, {
    method: methodLink(writing, className, methodName),
    class: classLink(className, writing),
  });
}

function classLinks(operations: readonly ModelUse[], writing: Writing): readonly string[] {
  const classes = [...new Set(operations.map(({ className }) => className))];
  return classes.map((className) =>
    listItem(writing.fill("use-class", { class: classLink(className, writing) })),
  );
}

function classLink(className: string, writing: Writing): string {
  return linkTo(writing, codeSpan(className), writing.paths.ofClass(className));
}
