import { featuresOf, type Features } from "../reference/features.js";
import type { OperationReference } from "../reference/reference.js";
import { anchor } from "./markdown/parts.js";
import { codeBlock } from "./operation-examples.js";
import { sectionAnchor, type Section } from "./sections.js";
import type { TemplateName } from "./templates.js";
import { blocks, methodLink, type ReadmeWriting } from "./writing.js";

/** What there is a section about where the client has an operation that shows it, in this order. */
const FEATURES: readonly {
  readonly feature: keyof Features;
  readonly template: TemplateName;
  readonly section: Section;
}[] = [
  { feature: "list", template: "readme-lists", section: "lists" },
  { feature: "upload", template: "readme-uploads", section: "uploads" },
  { feature: "download", template: "readme-downloads", section: "downloads" },
  { feature: "events", template: "readme-event-streams", section: "event-streams" },
  { feature: "values", template: "readme-json-streams", section: "json-streams" },
];

export function featureSections(writing: ReadmeWriting): string {
  const features = featuresOf(writing.reference);
  return blocks(
    FEATURES.map(({ feature, template, section }) => {
      const operation = features[feature];
      return operation === undefined ? "" : featureText(operation, template, section, writing);
    }),
  );
}

function featureText(
  { className, methodName, examples }: OperationReference,
  template: TemplateName,
  section: Section,
  writing: ReadmeWriting,
): string {
  return writing.fill(template, {
    anchor: anchor(sectionAnchor(section)),
    method: methodLink(writing, className, methodName),
    code: codeBlock(examples.made()[0]?.code ?? ""),
  });
}
