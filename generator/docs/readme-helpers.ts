import { stringLiteral } from "../emit/code.js";
import { anchor, codeSpan } from "./markdown/parts.js";
import { sectionAnchor } from "./sections.js";
import { fillText } from "./templates.js";
import { blocks, type ReadmeWriting } from "./writing.js";

/** What the hand-written files of the client tell of themselves, where it has any. */
export function helperSection({ reference, fill }: ReadmeWriting): string {
  const { helperPages, clientModule, clientName, clientVariable } = reference;
  if (helperPages.length === 0) return "";
  const values = {
    module: stringLiteral(clientModule),
    client: clientName,
    variable: clientVariable,
  };
  return fill("readme-helpers", {
    anchor: anchor(sectionAnchor("helpers")),
    module: codeSpan(clientModule),
    helpers: blocks(helperPages.map(({ name, template }) => fillText(name, template, values))),
  });
}
