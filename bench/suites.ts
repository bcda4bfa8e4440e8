import * as big from "./big.js";
import * as bundles from "./bundles.js";
import * as calls from "./calls.js";
import * as cold from "./cold.js";
import * as growth from "./growth.js";
import * as oneOperation from "./one-operation.js";
import type { Suite } from "./suite.js";
import * as types from "./types.js";
import * as unchanged from "./unchanged.js";
import * as watch from "./watch.js";

/** All suites, in the order in which `RESULTS.md` tells them. */
export const SUITES: readonly Suite[] = [
  ...[cold, unchanged, oneOperation, watch, big, growth],
  ...[types, calls, bundles],
];
