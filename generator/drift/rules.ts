import type { Rule } from "./rule.js";
import { SCHEMA_RULES } from "./schema/rules.js";
import { SURFACE_RULES } from "./surface/rules.js";
import { WIRE_RULES } from "./wire/rules.js";

/** Every kind of change that is told, by id. A rule is one entry in a table and cases that show it. */
export const RULES = { ...SCHEMA_RULES, ...WIRE_RULES, ...SURFACE_RULES } satisfies Readonly<
  Record<string, Rule>
>;

export type RuleId = keyof typeof RULES;

/** What is known of a rule. */
export function ruleOf(id: RuleId): Rule {
  return RULES[id];
}
