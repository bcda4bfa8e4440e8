import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { isObject, member, objectMember, sortedEntries } from "../document/json.js";
import { pointerTo } from "../document/pointer.js";
import type { MergedConfiguration } from "./merge.js";
import schema from "./schema.json" with { type: "json" };
import { missingKey, type ConfigurationSchema } from "./validate.js";

/**
 * Keys that no file has. A file alone need not have them, for what it extends may: `schema.json` asks for them where a
 * file extends nothing.
 */
export function completenessFindings({
  value,
  place,
}: Pick<MergedConfiguration, "value" | "place">): readonly Diagnostic[] {
  const missing = (
    holder: unknown,
    key: string,
    rules: ConfigurationSchema,
    ...tokens: readonly string[]
  ): readonly Diagnostic[] =>
    isObject(holder) && member(holder, key) === undefined
      ? [missingKey(key, rules, place(pointerTo(...tokens), "key"))]
      : [];
  const service = schema.properties.services.additionalProperties;
  const { upstream } = service.properties;
  return [
    ...missing(value, "services", schema),
    ...sortedEntries(objectMember(value, "services")).flatMap(([name, entry]) => [
      ...missing(entry, "input", service, "services", name),
      ...missing(member(entry, "upstream"), "url", upstream, "services", name, "upstream"),
    ]),
  ];
}
