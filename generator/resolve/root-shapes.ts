import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { closest } from "../diagnostics/suggest.js";
import { isObject, member, objectMember, sortedEntries, stringMember } from "../document/json.js";
import { trailPointer, type Trail } from "../document/trail.js";
import { childPointer, pointerTo } from "../document/pointer.js";
import type { JsonObject } from "../document/source.js";
import { METHOD_FIELDS } from "./methods.js";
import { follow } from "./references.js";
import { PATHS_HINT } from "./shape-tables.js";

/* ------------------------------------------------------------- paths and methods */

const ITEM_FIELDS: readonly string[] = [
  "$ref",
  "summary",
  "description",
  "servers",
  "parameters",
  "additionalOperations",
];
const KNOWN_METHODS: readonly string[] = METHOD_FIELDS;

/** The keys of a path item that can only be meant as methods. */
function methodKeys(item: JsonObject): readonly string[] {
  return Object.keys(item).filter((key) => !key.startsWith("x-") && !ITEM_FIELDS.includes(key));
}

/** What keys of a path item are no methods, and what does not count beside its `$ref`. */
export function* checkPathItem(value: JsonObject, trail: Trail | undefined): Findings<void> {
  for (const key of methodKeys(value)) {
    if (!KNOWN_METHODS.includes(key)) yield unknownMethod(key, trailPointer(trail, key));
  }
  if (stringMember(value, "$ref") === undefined) return;
  for (const key of [...KNOWN_METHODS, "additionalOperations", "parameters", "servers"]) {
    if (member(value, key) === undefined) continue;
    yield diagnostic("ignored-value", {
      message: `${key} stands beside the $ref of a path item, which takes the place of everything beside it; it is ignored.`,
      hint: "Move it into the path item that the $ref leads to, or write the whole path item here.",
      place: { pointer: trailPointer(trail, key) },
    });
  }
}

function unknownMethod(key: string, pointer: string): Diagnostic {
  const guess = closest(key, [...KNOWN_METHODS, ...ITEM_FIELDS]);
  const isCapital = guess === key.toLowerCase();
  return diagnostic("unknown-method", {
    message: `${quoted(key)} is neither a method nor another field of a path item; it is left out of the client.`,
    hint:
      guess === undefined
        ? `OpenAPI has the methods ${KNOWN_METHODS.join(", ")}, in lower case, and takes others under additionalOperations (3.2); what is no method begins with x-.`
        : `Write ${guess}${isCapital ? ", in lower case" : ""}, if that is meant.`,
    place: { pointer },
  });
}

/** Whether any path has something that is meant as an operation, readable or not. */
export function meansOperations(document: JsonObject): boolean {
  const paths = member(document, "paths") ?? {};
  if (!isObject(paths)) return true;
  return sortedEntries(paths).some(([path, value]) => {
    if (path.startsWith("x-")) return false;
    const item = follow(document, value, pointerTo("paths", path))?.value;
    return (
      item === undefined ||
      methodKeys(item).length > 0 ||
      Object.keys(objectMember(item, "additionalOperations") ?? {}).length > 0
    );
  });
}

/** That a document has no operation. */
export function noOperations(document: JsonObject): Diagnostic {
  const isThere = member(document, "paths") !== undefined;
  const hasWebhooks = member(document, "webhooks") !== undefined;
  return diagnostic("no-operations", {
    message: `The document has ${isThere ? "no operation under paths" : "no paths"}; the client has no method.`,
    hint: `${PATHS_HINT}${hasWebhooks ? " Webhooks are for servers to call and no part of a client." : ""}`,
    place: { pointer: isThere ? "/paths" : "" },
  });
}

/* ------------------------------------------------------------------------ title */

/** What `info` lacks. */
export function* checkInfo(document: JsonObject): Findings<void> {
  const info = member(document, "info");
  // An info that is no object was reported as such.
  if (info !== undefined && !isObject(info)) return;
  const missing = ["title", "version"].filter((key) => stringMember(info, key) === undefined);
  if (missing.length === 0) return;
  const ofOtherType = missing.find((key) => (member(info, key) ?? null) !== null);
  const lacks = `info lacks a ${missing.join(" and a ")}${ofOtherType === undefined ? "" : " that is a string"}`;
  yield diagnostic("incomplete-info", {
    message: `${info === undefined ? "The document has no info" : lacks}; the comments of the client do without.`,
    hint: 'Write info: { title: Pets, version: "1.0.0" }; in YAML, a version needs quotes where it looks like a number.',
    place: {
      pointer:
        info === undefined
          ? ""
          : childPointer("/info", ...(ofOtherType === undefined ? [] : [ofOtherType])),
    },
  });
}
