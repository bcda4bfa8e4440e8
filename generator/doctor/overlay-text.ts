import { printYaml } from "../document/print-yaml.js";
import { resolvePointer } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { jsonPathOf } from "./json-path.js";
import type { Step } from "./repair.js";

/** An action as it is written in an overlay (Overlay 1.1.0, "Action Object"). */
export interface WrittenAction {
  readonly fields: ActionFields;
  /** Whether it needs version 1.1: it copies, or selects a value that is neither an object nor a list. */
  readonly isNewer: boolean;
}

interface ActionFields {
  readonly target: string;
  readonly description: string;
  readonly update?: JsonValue;
  readonly copy?: string;
  readonly remove?: true;
}

/** Writes a step on a document as an action. */
export function writtenAction(step: Step, document: JsonObject): WrittenAction {
  const { pointer, change } = step;
  const target = resolvePointer(document, pointer);
  const isSingle = target !== undefined && (typeof target !== "object" || target === null);
  return { fields: fieldsOf(step, document), isNewer: change.kind === "copy" || isSingle };
}

function fieldsOf({ pointer, why, change }: Step, document: JsonObject): ActionFields {
  const fields = { target: jsonPathOf(document, pointer), description: why };
  if (change.kind === "update") return { ...fields, update: change.value };
  if (change.kind === "copy") return { ...fields, copy: jsonPathOf(document, change.from) };
  return { ...fields, remove: true };
}

/** The text of an overlay, of version 1.0 where that is enough. */
export function overlayText(
  actions: readonly WrittenAction[],
  about: { readonly title: string; readonly extends?: string },
): string {
  return printYaml({
    overlay: actions.some(({ isNewer }) => isNewer) ? "1.1.0" : "1.0.0",
    info: { title: about.title, version: "1.0.0" },
    ...(about.extends === undefined ? {} : { extends: about.extends }),
    actions: actions.map(({ fields }): JsonObject => ({ ...fields })),
  });
}
