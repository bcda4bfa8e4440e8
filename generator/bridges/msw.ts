import type { Bridge } from "./bridge.js";

/** Handlers for Mock Service Worker. */
export const mswBridge: Bridge = () => [];
