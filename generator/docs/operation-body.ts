import type { Declaration } from "../model/api-model.js";
import type { BodyReference, OperationReference } from "../reference/reference.js";
import { declarationText } from "./declaration-text.js";
import { anchor, codeSpan, heading, table } from "./markdown/parts.js";
import { typeText } from "./markdown/type-text.js";
import { anchorIn } from "./page-paths.js";
import { blocks, type Writing } from "./writing.js";

/** The types that an operation has for its body, and no other. */
export function bodyTypesOf({ body, declarations }: OperationReference): readonly Declaration[] {
  const names = new Set(
    body?.mediaTypes.flatMap(({ type }) => (type.kind === "named" ? [type.name] : [])),
  );
  return declarations.filter(({ name }) => names.has(name));
}

/** What a body is made of, where no page of a model tells it, and which media types there are to choose from. */
export function bodySection(operation: OperationReference, writing: Writing): string {
  const { body } = operation;
  const types = bodyTypesOf(operation);
  if (body === undefined || (types.length === 0 && !body.isChosen)) return "";
  const anchors = types.map(({ name }) => anchor(anchorIn(writing.paths.ofType(name) ?? "") ?? ""));
  const [first] = anchors;
  return writing.fill("body", {
    anchor: types.length === 1 ? (first ?? "") : "",
    mediaTypes: body.isChosen ? mediaTypeTable(body, writing) : "",
    fields: blocks(
      types.map((type, index) =>
        types.length === 1
          ? declarationText(type, writing)
          : blocks([
              anchors[index] ?? "",
              heading(4, codeSpan(type.name)),
              declarationText(type, writing),
            ]),
      ),
    ),
  });
}

function mediaTypeTable({ mediaTypes }: BodyReference, writing: Writing): string {
  return table(
    ["Media type", "Body"],
    mediaTypes.map(({ name, type }) => [codeSpan(name), typeText(type, writing)]),
  );
}
