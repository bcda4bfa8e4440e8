import type { Rule } from "../rule.js";

export const WIRE_RULES = {} satisfies Readonly<Record<string, Rule>>;
