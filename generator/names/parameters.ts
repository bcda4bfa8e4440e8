import type { Operation, Parameter } from "../resolve/resolved-api.js";
import { assignNames } from "./collisions.js";
import { RESERVED_PARAMETER_KEYS } from "./reserved.js";

/**
 * The keys of `params`: wire names without a trailing `[]`. A parameter called `body`, and each of several whose
 * key is the same in two locations, has its location behind it: `type_path`, `type_query`.
 */
export function nameParameters(operation: Operation): readonly string[] {
  const reserved = new Set([...RESERVED_PARAMETER_KEYS, ...choiceKeys(operation)]);
  const names = assignNames(
    operation.parameters.map((parameter) => ({
      identity: identity(parameter),
      names: keys(parameter),
    })),
    { taken: (name) => reserved.has(name), fold: (name) => name },
  );
  return operation.parameters.map((parameter) => names.get(identity(parameter)) ?? parameter.name);
}

function identity(parameter: Parameter): string {
  return `${parameter.location} ${parameter.name}`;
}

function keys(parameter: Parameter): readonly string[] {
  const key = parameter.name.replace(/\[\]$/, "");
  return [
    key,
    `${key}_${parameter.location}`,
    parameter.name,
    `${parameter.name}_${parameter.location}`,
  ];
}

/** `contentType` and `accept` are keys of their own where the caller can choose between media types. */
function choiceKeys(operation: Operation): readonly string[] {
  return [
    ...(choosesContentType(operation) ? ["contentType"] : []),
    ...(acceptChoices(operation).length > 1 ? ["accept"] : []),
  ];
}

/** Tells whether a caller can or must say which media type the body has. */
export function choosesContentType(operation: Operation): boolean {
  const mediaTypes = operation.requestBody?.mediaTypes ?? [];
  return mediaTypes.length > 1 || mediaTypes.some((mediaType) => mediaType.isRange);
}

/** The media types of a successful answer that a caller can choose between, most preferred first. */
export function acceptChoices(operation: Operation): readonly string[] {
  const names = operation.responses
    .filter((response) => response.success)
    .flatMap((response) => response.mediaTypes.map((mediaType) => mediaType.name));
  return [...new Set(names)];
}
