import type { Rule } from "../rule.js";

export const SURFACE_RULES = {} satisfies Readonly<Record<string, Rule>>;
