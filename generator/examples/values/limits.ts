import { member } from "../../document/json.js";
import type { JsonObject, JsonValue } from "../../document/source.js";

/** What limits a number (JSON Schema 2020-12, validation, 6.2). */
export interface NumberLimits {
  readonly minimum: number;
  readonly maximum: number;
  /** Limits that are excluded themselves. */
  readonly above: number;
  readonly below: number;
  /** What it is a multiple of. */
  readonly step: number | undefined;
}

/** The limits that a schema has; excluded ones are numbers of their own or, in OpenAPI 3.0, flags beside the others. */
export function numberLimits(schema: JsonObject): NumberLimits {
  const minimum = numberMember(schema, "minimum") ?? -Infinity;
  const maximum = numberMember(schema, "maximum") ?? Infinity;
  const step = numberMember(schema, "multipleOf");
  return {
    minimum,
    maximum,
    above: excluded(schema, "exclusiveMinimum", minimum) ?? -Infinity,
    below: excluded(schema, "exclusiveMaximum", maximum) ?? Infinity,
    step: step !== undefined && step > 0 ? step : undefined,
  };
}

function excluded(schema: JsonObject, keyword: string, flagged: number): number | undefined {
  return member(schema, keyword) === true ? flagged : numberMember(schema, keyword);
}

export function numberMember(schema: JsonValue | undefined, keyword: string): number | undefined {
  const value = member(schema, keyword);
  return typeof value === "number" ? value : undefined;
}
