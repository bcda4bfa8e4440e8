import type { Suite } from "./suite.js";

/** All suites, in the order in which `RESULTS.md` tells them. */
export const SUITES: readonly Suite[] = [];
