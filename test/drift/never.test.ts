import { describe, expect, it } from "vitest";
import { isObject, setMember, stringMember } from "../../generator/document/json.js";
import { resolvePointer } from "../../generator/document/pointer.js";
import type { JsonObject, JsonValue } from "../../generator/document/source.js";
import { loadDocument } from "../../generator/load-document.js";
import { referenceTarget } from "../../generator/resolve/references.js";
import { repository } from "../support/repository.js";
import { compareOnWire, line } from "./support.js";

/*
 * What is never drift, on the documents of the three services: each is compared with itself, written in another way.
 */

/** Ways to write the same document. */
const REWRITTEN: Readonly<Record<string, (document: JsonObject) => JsonObject>> = {
  "the same": (document) => structuredClone(document),
  "keys in the opposite order": (document) => rewrite(document, reversedKeys),
  "lists in which the order means nothing, in the opposite order": (document) =>
    rewrite(document, reversedSets),
  "other texts": (document) => rewrite(document, otherTexts),
  "parameters, bodies and answers where they are used": (document) =>
    rewrite(document, (value) => inlined(value, document)),
  "the defaults of the standard": (document) => rewrite(document, withDefaults),
};

describe.each(["mastodon", "peertube", "sftpgo"])("the document of %s", (service) => {
  const file = repository(`specs/${service}.yaml`);
  let loaded: ReturnType<typeof loadDocument> | undefined;

  it.each(Object.entries(REWRITTEN))(
    "is the same with %s",
    { timeout: 60_000 },
    async (_, written) => {
      const { value } = await (loaded ??= loadDocument({ file }));
      if (value === undefined) throw new Error(`${file} cannot be read`);
      const { findings } = compareOnWire(value.document, written(value.document));
      expect(findings.map(line)).toEqual([]);
    },
  );
});

/* ------------------------------------------------------------------------ rewriting */

/** Values in which everything is data. */
const DATA: ReadonlySet<string> = new Set(["default", "enum", "const", "example", "examples"]);

/** Every object and array of a document, from the outside in; data stays as it is. */
function rewrite(document: JsonObject, change: (value: JsonValue) => JsonValue): JsonObject {
  const visit = (before: JsonValue, isMap: boolean): JsonValue => {
    const value = change(before);
    if (Array.isArray(value)) return value.map((item) => visit(item, false));
    if (!isObject(value)) return value;
    const copy: JsonObject = {};
    for (const [key, child] of Object.entries(value)) {
      const isData = !isMap && (DATA.has(key) || key.startsWith("x-"));
      // Below these, keys are names that the author chose.
      const names = !isMap && (key === "properties" || key === "schemas");
      setMember(copy, key, isData ? (child ?? null) : visit(child ?? null, names));
    }
    return copy;
  };
  return visit(document, false) as JsonObject;
}

function reversedKeys(value: JsonValue): JsonValue {
  return isObject(value) ? Object.fromEntries(Object.entries(value).reverse()) : value;
}

function reversedSets(value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, child]) => {
    const isSet = ["required", "enum", "servers", "security", "type"].includes(key);
    return [key, isSet && Array.isArray(child) ? [...child].reverse() : child] as const;
  });
  return Object.fromEntries(entries);
}

function otherTexts(value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, child]) => {
    const isText = ["description", "summary"].includes(key) && typeof child === "string";
    return [key, isText ? `${child} And more.` : child] as const;
  });
  return Object.fromEntries(entries);
}

function inlined(value: JsonValue, document: JsonObject): JsonValue {
  const reference = stringMember(value, "$ref") ?? "";
  const isInlined = /^#\/components\/(?:parameters|responses|requestBodies|headers)\//.test(
    reference,
  );
  return isInlined ? (resolvePointer(document, referenceTarget(reference)) ?? null) : value;
}

function withDefaults(value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  const isParameter = typeof value["in"] === "string" && typeof value["name"] === "string";
  if (isParameter && value["in"] === "query" && value["schema"] !== undefined)
    return { required: false, deprecated: false, style: "form", explode: true, ...value };
  return value["type"] === "object" && value["properties"] !== undefined
    ? { additionalProperties: true, ...value }
    : value;
}
