import { diagnostic } from "../diagnostics/codes.js";
import { hasErrors, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import { createLocator } from "../diagnostics/locate.js";
import { quoted } from "../diagnostics/quoted.js";
import { suggestion } from "../diagnostics/suggest.js";
import { arrayMember, isObject, member, stringMember } from "../document/json.js";
import type { Limits } from "../document/limits.js";
import { parseText } from "../document/parse.js";
import { childPointer } from "../document/pointer.js";
import type { JsonObject, JsonValue, SourceFile } from "../document/source.js";
import type { Action, Change, Overlay, OverlayVersion } from "./overlay.js";

/** Reads the text of an overlay (Overlay 1.0.0 and 1.1.0), JSON or YAML, and finds everything that is wrong with its form. */
export function parseOverlay(file: SourceFile, limits: Limits): Outcome<Overlay> {
  const parsed = parseText(file, limits);
  if (parsed.value === undefined) return { value: undefined, diagnostics: parsed.diagnostics };
  const locator = createLocator();
  const findings = flawsOf(parsed.value).map(({ pointer, at, message, hint }) =>
    diagnostic("invalid-overlay", { message, hint, place: locator.inFile(file, pointer, at) }),
  );
  const diagnostics: readonly Diagnostic[] = [...parsed.diagnostics, ...findings];
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  return { value: overlayOf(file, parsed.value), diagnostics };
}

/** Something that is wrong with the form of an overlay. */
interface Flaw {
  readonly pointer: string;
  readonly at: "key" | "value";
  readonly message: string;
  readonly hint: string;
}

const VERSION = /^1\.([01])\.\d+$/;
const EXAMPLE =
  "Begin it with overlay: 1.1.0, info: { title: Repairs, version: 1.0.0 } and a list of actions.";

function flawsOf(root: JsonValue): readonly Flaw[] {
  if (!isObject(root))
    return [flaw("", "An overlay is an object with overlay, info and actions.", EXAMPLE)];
  return [
    ...unknownFields(root, "", ["overlay", "info", "extends", "actions"]),
    ...versionFlaws(root),
    ...infoFlaws(root),
    ...textFlaws(root, "", ["extends"]),
    ...actionsFlaws(root),
  ];
}

function versionFlaws(root: JsonObject): readonly Flaw[] {
  const written = member(root, "overlay");
  if (written === undefined) return [lacking("", "overlay", EXAMPLE)];
  if (typeof written === "string" && VERSION.test(written)) return [];
  const shown = quoted(typeof written === "string" ? written : JSON.stringify(written));
  return [
    flaw(
      "/overlay",
      `${shown} is no version of the Overlay Specification that driftline reads.`,
      "Write overlay: 1.1.0, or 1.0.0.",
    ),
  ];
}

function infoFlaws(root: JsonObject): readonly Flaw[] {
  const info = member(root, "info");
  const hint = "Write it like info: { title: Repairs, version: 1.0.0 }.";
  if (info === undefined) return [lacking("", "info", hint)];
  if (!isObject(info)) return [flaw("/info", "The info of an overlay is an object.", hint)];
  return [
    ...unknownFields(info, "/info", ["title", "version", "description"]),
    ...["title", "version"]
      .filter((key) => member(info, key) === undefined)
      .map((key) => lacking("/info", key, hint)),
    ...textFlaws(info, "/info", ["title", "version", "description"]),
  ];
}

function actionsFlaws(root: JsonObject): readonly Flaw[] {
  const actions = member(root, "actions");
  const hint = "Write it like actions: [{ target: $.info, update: { title: Pets } }].";
  if (actions === undefined) return [lacking("", "actions", hint)];
  if (!Array.isArray(actions) || actions.length === 0)
    return [flaw("/actions", "The actions of an overlay are a list of at least one.", hint)];
  return actions.flatMap((action, index) => actionFlaws(action, `/actions/${index}`, root));
}

/** The fields of an Action Object; `copy` came with 1.1. */
const CHANGES = ["update", "copy", "remove"] as const;

function actionFlaws(action: JsonValue, pointer: string, root: JsonObject): readonly Flaw[] {
  const hint = "Write it like { target: $.info, update: { title: Pets } }.";
  if (!isObject(action)) return [flaw(pointer, "An action is an object.", hint)];
  return [
    ...unknownFields(action, pointer, ["target", "description", ...CHANGES]),
    ...(member(action, "target") === undefined ? [lacking(pointer, "target", hint)] : []),
    ...textFlaws(action, pointer, ["target", "description", "copy"]),
    ...changeFlaws(action, pointer, versionOf(root)),
  ];
}

function changeFlaws(
  action: JsonObject,
  pointer: string,
  version: OverlayVersion | undefined,
): readonly Flaw[] {
  const remove = member(action, "remove");
  const has = (key: (typeof CHANGES)[number]): boolean => member(action, key) !== undefined;
  if (remove !== undefined && typeof remove !== "boolean")
    return [flaw(`${pointer}/remove`, "remove is true or false.", "Write remove: true.")];
  if (has("copy") && version === "1.0") {
    const problem = "copy came with version 1.1 of the Overlay Specification.";
    return [flaw(`${pointer}/copy`, problem, "Write overlay: 1.1.0.", "key")];
  }
  if (remove === true) return [];
  if (has("update") && has("copy")) {
    const problem = "update and copy exclude each other.";
    return [flaw(`${pointer}/copy`, problem, "Make two actions of it.", "key")];
  }
  if (has("update") || has("copy")) return [];
  return [
    flaw(
      pointer,
      "The action says neither what to update or to copy nor what to remove.",
      `Add update, ${version === "1.0" ? "" : "copy "}or remove: true.`,
    ),
  ];
}

function unknownFields(
  object: JsonObject,
  pointer: string,
  known: readonly string[],
): readonly Flaw[] {
  return Object.keys(object)
    .filter((key) => !known.includes(key) && !key.startsWith("x-"))
    .map((key) =>
      flaw(
        childPointer(pointer, key),
        `The Overlay Specification knows no field ${quoted(key)} here.`,
        suggestion(key, known),
        "key",
      ),
    );
}

function textFlaws(object: JsonObject, pointer: string, keys: readonly string[]): readonly Flaw[] {
  return keys
    .filter((key) => !["undefined", "string"].includes(typeof member(object, key)))
    .map((key) => flaw(childPointer(pointer, key), `${key} is a string.`, "Put it in quotes."));
}

function lacking(pointer: string, key: string, hint: string): Flaw {
  return flaw(pointer, `The field ${key} is missing.`, hint);
}

function flaw(pointer: string, message: string, hint: string, at: "key" | "value" = "value"): Flaw {
  return { pointer, at, message, hint };
}

function versionOf(root: JsonValue): OverlayVersion | undefined {
  const minor = VERSION.exec(stringMember(root, "overlay") ?? "")?.[1];
  return minor === undefined ? undefined : minor === "0" ? "1.0" : "1.1";
}

function overlayOf(file: SourceFile, root: JsonValue): Overlay {
  return {
    file,
    version: versionOf(root) ?? "1.1",
    extends: stringMember(root, "extends"),
    actions: arrayMember(root, "actions").map(actionOf),
  };
}

function actionOf(action: JsonValue, index: number): Action {
  return {
    pointer: `/actions/${index}`,
    target: stringMember(action, "target") ?? "",
    change: changeOf(action),
  };
}

/** What is to be removed is not updated first (Overlay 1.1.0, "Action Object"). */
function changeOf(action: JsonValue): Change {
  if (member(action, "remove") === true) return { kind: "remove" };
  const from = stringMember(action, "copy");
  if (from !== undefined) return { kind: "copy", from };
  return { kind: "update", value: member(action, "update") ?? null };
}
