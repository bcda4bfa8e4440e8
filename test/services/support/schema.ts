import type { ApiDocument, Schema } from "./document.js";

/** Requests have no readOnly properties, answers no writeOnly ones. */
export type Direction = "request" | "response";

/** A string of the given pattern, for each pattern of the documents. */
const MATCHES: Readonly<Record<string, string>> = {
  "^[a-z0-9]+$": "a",
  "^[a-zA-Z0-9]+$": "A",
  "^[a-z0-9_]+([a-z0-9_.-]+[a-z0-9_]+)?$": "u",
  "^[a-zA-Z0-9\\-_.:]+$": "c",
  "^[0-9]+$": "1",
  "^-?[0-9.]+,-?[0-9.]+$": "0.5,-0.5",
  "^[A-Za-z0-9_]+$": "n_1",
  "^[A-Za-z0-9-]+$": "b-1",
  "\\.zip$": "archive.zip",
};

const FORMATS: Readonly<Record<string, string>> = {
  "date-time": "2026-01-02T03:04:05.678Z",
  date: "2026-01-02",
  uuid: "9c9de5e8-0a1e-484a-b099-e80766180a6d",
  email: "user+tag@example.org",
  uri: "https://example.org/a?b=c&d=%2F%26",
  "uri-reference": "/a?b=c",
  hostname: "host.example",
};

/** Text that no careless encoding survives. */
const TEXT = "ä /?#&=+%2F,;\"'";

/**
 * Makes a value of a schema: the same one every time.
 *
 * @param isFull with everything optional, or only with what is required.
 */
export function sampleOf(
  schema: Schema,
  document: ApiDocument,
  direction: Direction,
  isFull: boolean,
  depth = 0,
): unknown {
  const resolved = document.resolve(schema);
  const again = (one: Schema): unknown => sampleOf(one, document, direction, isFull, depth + 1);
  if ("const" in resolved) return resolved.const;
  if (resolved.enum !== undefined) return resolved.enum[0];
  const choices = resolved.oneOf ?? resolved.anyOf ?? [];
  const isNull = (one: Schema): boolean => document.resolve(one).type === "null";
  // Recursion ends where it may.
  if (depth > 3 && choices.some(isNull)) return null;
  const choice = choices.filter((one) => !isNull(one)).slice(0, 1);
  const parts = [...(resolved.allOf ?? []), ...choice].map(again);
  const rest = typesOf(resolved).length > 0 ? ofType() : undefined;
  const samples = [...parts, rest].filter((one) => one !== undefined);
  const [sample] = samples;
  if (samples.length === 0 || !samples.every(isObject)) return sample;
  return Object.assign({}, requiredOfParts(), ...samples) as unknown;

  /** What this schema requires of the properties that its parts describe. */
  function requiredOfParts(): object {
    if (resolved.allOf === undefined) return {};
    const described = propertiesOf(resolved, document);
    return Object.fromEntries(
      (resolved.required ?? [])
        .filter((name) => resolved.properties?.[name] === undefined)
        .map((name) => [name, again(described.get(name) ?? {})]),
    );
  }

  function ofType(): unknown {
    switch (typesOf(resolved)[0]) {
      case "object":
        return objectOf();
      case "array": {
        const most = resolved.uniqueItems === true || !isFull ? 1 : 2;
        const length = Math.max(resolved.minItems ?? 0, depth >= 5 ? 0 : most);
        return Array.from({ length }, () => again(resolved.items ?? {}));
      }
      case "integer":
        return resolved.minimum ?? 7;
      case "number":
        return resolved.minimum ?? 1.5;
      case "boolean":
        return true;
      case "null":
        return null;
      default:
        return resolved.contentSchema === undefined
          ? textOf(resolved)
          : JSON.stringify(again(resolved.contentSchema));
    }
  }

  function objectOf(): object {
    const entries: [string, unknown][] = [];
    const { minProperties = 0 } = resolved;
    for (const [name, property] of Object.entries(resolved.properties ?? {})) {
      const isRequired = resolved.required?.includes(name) === true;
      if (isHidden(document.resolve(property), direction)) continue;
      const isWanted = entries.length < minProperties || (isFull && depth < 5);
      if (isRequired || isWanted) entries.push([name, again(property)]);
    }
    const { additionalProperties } = resolved;
    if (typeof additionalProperties === "object" && isFull) {
      const names = document.resolve(resolved.propertyNames ?? {}).enum ?? ["1"];
      entries.push([String(names[0]), again(additionalProperties)]);
    }
    return Object.fromEntries(entries);
  }
}

function textOf({ format, pattern, minLength = 0, maxLength = Infinity }: Schema): unknown {
  if (format === "binary") return new Blob([`bytes\0\r\n--ÿ`]);
  const text = pattern === undefined ? (FORMATS[format ?? ""] ?? TEXT) : MATCHES[pattern];
  if (text === undefined) throw new Error(`no sample for the pattern ${pattern}`);
  const repeated =
    pattern === undefined ? text.padEnd(minLength, "x") : text.repeat(Math.max(minLength, 1));
  return repeated.slice(0, maxLength);
}

function typesOf({
  type,
  properties,
  additionalProperties,
  items,
  ...rest
}: Schema): readonly string[] {
  if (type !== undefined) return typeof type === "string" ? [type] : type;
  if (properties !== undefined || additionalProperties !== undefined) return ["object"];
  if (items !== undefined) return ["array"];
  return (rest.allOf ?? rest.oneOf ?? rest.anyOf) ? [] : ["string"];
}

function isHidden({ readOnly, writeOnly }: Schema, direction: Direction): boolean {
  return direction === "request" ? readOnly === true : writeOnly === true;
}

/** What is wrong with a value, by JSON pointer; nothing if it is of the schema. */
export function problemsOf(
  value: unknown,
  schema: Schema,
  document: ApiDocument,
  direction: Direction,
  pointer = "",
): readonly string[] {
  const resolved = document.resolve(schema);
  const problems: string[] = [];
  const at = (one: unknown, part: Schema, name?: string): readonly string[] =>
    problemsOf(one, part, document, direction, name === undefined ? pointer : `${pointer}/${name}`);
  const say = (holds: boolean, what: string): void => {
    if (!holds) problems.push(`${pointer}: ${what}`);
  };

  for (const part of resolved.allOf ?? []) problems.push(...at(value, part));
  for (const choice of [resolved.oneOf, resolved.anyOf]) {
    if (choice === undefined) continue;
    const tries = choice.map((part) => at(value, part));
    say(
      tries.some((one) => one.length === 0),
      `fits none of ${JSON.stringify(tries)}`,
    );
  }
  if ("const" in resolved) say(value === resolved.const, `is not ${String(resolved.const)}`);
  if (resolved.enum !== undefined) say(resolved.enum.includes(value), "is not one of the enum");
  if (resolved.type !== undefined) {
    say(
      typesOf(resolved).some((type) => isOfType(value, type)),
      `is not ${String(resolved.type)}`,
    );
  }
  if (typeof value === "string") {
    const { minLength = 0, maxLength = Infinity, pattern = "" } = resolved;
    say(value.length >= minLength && value.length <= maxLength, "has the wrong length");
    say(new RegExp(pattern, "u").test(value), "does not match the pattern");
  }
  if (typeof value === "number") {
    const { minimum = -Infinity, maximum = Infinity } = resolved;
    say(value >= minimum && value <= maximum, "is out of range");
  }
  if (Array.isArray(value)) {
    const { minItems = 0, maxItems = Infinity, items = {} } = resolved;
    say(value.length >= minItems && value.length <= maxItems, "has the wrong number of items");
    value.forEach((item, index) => problems.push(...at(item, items, String(index))));
  } else if (isObject(value)) {
    const { properties = {}, required = [], additionalProperties } = resolved;
    for (const name of required) {
      const property = document.resolve(properties[name] ?? {});
      say(name in value || isHidden(property, direction), `lacks ${name}`);
    }
    for (const [name, member] of Object.entries(value)) {
      const property = properties[name];
      if (property !== undefined) {
        say(!isHidden(document.resolve(property), direction), `must not have ${name}`);
        problems.push(...at(member, property, name));
      } else if (typeof additionalProperties === "object") {
        problems.push(...at(member, additionalProperties, name));
      } else {
        say(additionalProperties !== false, `must not have ${name}`);
      }
    }
  }
  return problems;
}

function isOfType(value: unknown, type: string): boolean {
  if (type === "array") return Array.isArray(value);
  if (type === "null") return value === null;
  if (type === "integer") return Number.isInteger(value);
  if (type === "object") return isObject(value);
  return typeof value === type;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Blob)
  );
}

/** Gives text that came in without a type the one that the schema has. */
export function typed(value: unknown, schema: Schema, document: ApiDocument): unknown {
  const resolved = document.resolve(schema);
  if (typeof value === "string") {
    const readings = [
      Number(value),
      value === "true" ? true : value === "false" ? false : value,
      value,
    ];
    return (
      readings.find((one) => problemsOf(one, resolved, document, "request").length === 0) ?? value
    );
  }
  const { oneOf = [], anyOf = [] } = resolved;
  if (Array.isArray(value)) {
    const list = [resolved, ...oneOf, ...anyOf].map((one) => document.resolve(one).items);
    const items = list.find((one) => one !== undefined) ?? {};
    return value.map((item) => typed(item, items, document));
  }
  if (!isObject(value)) return value;
  const properties = propertiesOf(resolved, document);
  const entries = Object.entries(value).map(([name, member]) => {
    const { additionalProperties } = resolved;
    const other = typeof additionalProperties === "object" ? additionalProperties : {};
    return [name, typed(member, properties.get(name) ?? other, document)] as const;
  });
  return Object.fromEntries(entries);
}

/** All properties that a schema names, in itself or in its parts. */
export function propertiesOf(schema: Schema, document: ApiDocument): ReadonlyMap<string, Schema> {
  const { properties = {}, allOf = [], oneOf = [], anyOf = [] } = document.resolve(schema);
  const parts = [...allOf, ...oneOf, ...anyOf].flatMap((part) => [...propertiesOf(part, document)]);
  return new Map([...parts, ...Object.entries(properties)]);
}
