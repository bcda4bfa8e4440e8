import { compareText, objectMember, sortedEntries, stringMember } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import {
  usualStem,
  type PinnedAlias,
  type PinnedClass,
  type PinnedOperation,
  type Pins,
} from "../names/pins.js";

/** What an entry of a lock says of names. Its form has been looked at. */
export function pinsOf(entry: JsonValue): Pins {
  const stems = textsOf(entry, "stems");
  return {
    client: stringMember(entry, "client"),
    classes: mapOf(entry, "classes", classOf),
    operations: mapOf(entry, "operations", (text, key) => operationOf(text, stems.get(key))),
    types: textsOf(entry, "types"),
    inputTypes: textsOf(entry, "inputTypes"),
    formTypes: textsOf(entry, "formTypes"),
    contents: textsOf(entry, "contents"),
    aliases: mapOf(entry, "aliases", aliasOf),
  };
}

/** The same as JSON, with sorted keys; what is empty is left out. */
export function pinsJson(pins: Pins): JsonObject {
  const { client, classes, operations, types, inputTypes, formTypes, contents, aliases } = pins;
  const stems = [...operations].flatMap(([key, { methodName, typeStem }]) =>
    typeStem === usualStem(methodName) ? [] : [[key, typeStem] as const],
  );
  const parts: readonly (readonly [string, JsonObject])[] = [
    ["classes", objectOf(classes, classJson)],
    [
      "operations",
      objectOf(operations, ({ className, methodName }) => `${className}.${methodName}`),
    ],
    ["stems", objectOf(stems, same)],
    ["types", objectOf(types, same)],
    ["inputTypes", objectOf(inputTypes, same)],
    ["formTypes", objectOf(formTypes, same)],
    ["contents", objectOf(contents, same)],
    ["aliases", objectOf(aliases, aliasJson)],
  ];
  return {
    ...(client === undefined ? {} : { client }),
    ...Object.fromEntries(parts.filter(([, object]) => Object.keys(object).length > 0)),
  };
}

function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : "";
}

function same(text: string): string {
  return text;
}

function classOf(value: JsonValue): PinnedClass {
  return {
    tag: stringMember(value, "tag"),
    property: stringMember(value, "property") ?? "",
    file: stringMember(value, "file") ?? "",
  };
}

function classJson({ tag, property, file }: PinnedClass): JsonObject {
  return { ...(tag === undefined ? {} : { tag }), property, file };
}

function operationOf(value: JsonValue, stem: string | undefined): PinnedOperation {
  const [className = "", methodName = ""] = textOf(value).split(".");
  return { className, methodName, typeStem: stem ?? usualStem(methodName) };
}

function aliasOf(value: JsonValue, name: string): PinnedAlias {
  const [, methodName] = name.split(".");
  const type = stringMember(value, "type");
  return {
    target: stringMember(value, "for") ?? "",
    since: stringMember(value, "since") ?? "",
    typeStem:
      methodName === undefined ? undefined : (stringMember(value, "stem") ?? usualStem(methodName)),
    type:
      methodName !== undefined ? undefined : type === "input" || type === "form" ? type : "type",
  };
}

function aliasJson({ target, since, typeStem, type }: PinnedAlias, name: string): JsonObject {
  const usual = usualStem(name.split(".")[1] ?? "");
  return {
    for: target,
    since,
    ...(typeStem === undefined || typeStem === usual ? {} : { stem: typeStem }),
    ...(type === undefined || type === "type" ? {} : { type }),
  };
}

function mapOf<T>(
  entry: JsonValue,
  key: string,
  valueOf: (value: JsonValue, key: string) => T,
): ReadonlyMap<string, T> {
  const members = sortedEntries(objectMember(entry, key));
  return new Map(members.map(([name, value]) => [name, valueOf(value, name)]));
}

function textsOf(entry: JsonValue, key: string): ReadonlyMap<string, string> {
  return mapOf(entry, key, textOf);
}

function objectOf<T>(
  entries: Iterable<readonly [string, T]>,
  jsonOf: (value: T, key: string) => JsonValue,
): JsonObject {
  const members = [...entries].map(([key, value]) => [key, jsonOf(value, key)] as const);
  return Object.fromEntries(members.sort(([left], [right]) => compareText(left, right)));
}
