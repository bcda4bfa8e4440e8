import type { Bridge } from "./bridge.js";

/** Options for TanStack Query. */
export const tanstackQueryBridge: Bridge = () => [];
