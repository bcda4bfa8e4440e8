import * as bundles from "./bundles.js";
import * as calls from "./calls.js";
import * as cold from "./cold.js";
import type { Suite } from "./suite.js";
import * as types from "./types.js";
import * as unchanged from "./unchanged.js";

/** All suites, in the order in which `RESULTS.md` tells them. */
export const SUITES: readonly Suite[] = [cold, unchanged, types, calls, bundles];
