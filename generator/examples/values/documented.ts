import { arrayMember, isObject, member, objectMember, compareText } from "../../document/json.js";
import type { JsonObject, JsonValue } from "../../document/source.js";
import { follow } from "../../resolve/references.js";

/**
 * The values that a schema, parameter or media type gives as examples: `example`, then those of `examples`. A Schema
 * Object has a list of values there, the others have Example Objects by name (OpenAPI 3.2, "Example Object"): of those,
 * the ones with shorter names come first, as `login` before `loginWithPlugin`, for the order of keys means nothing.
 */
export function documentedExamples(
  document: JsonObject,
  object: JsonValue | undefined,
): readonly JsonValue[] {
  const example = member(object, "example");
  const examples = objectMember(object, "examples");
  const names = Object.keys(examples ?? {}).sort(
    (left, right) => left.length - right.length || compareText(left, right),
  );
  const named = names.flatMap((name) => {
    const value = member(examples, name);
    const target = follow(document, value, "")?.value;
    const shown = member(target, "dataValue") ?? member(target, "value");
    return shown === undefined ? [] : [shown];
  });
  return [
    ...(example === undefined ? [] : [example]),
    ...arrayMember(object, "examples"),
    ...named,
  ].filter(isShown);
}

/** Larger examples, in characters of JSON, are nothing to read in a program. */
const LARGEST = 1_500;

function isShown(value: JsonValue): boolean {
  return JSON.stringify(value).length <= LARGEST;
}

/** Whether something has an example of its own. */
export function hasExample(object: JsonValue | undefined): boolean {
  return (
    isObject(object) &&
    (member(object, "example") !== undefined || member(object, "examples") !== undefined)
  );
}
