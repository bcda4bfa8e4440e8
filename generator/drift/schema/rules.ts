import type { Rule } from "../rule.js";

export const SCHEMA_RULES = {} satisfies Readonly<Record<string, Rule>>;
