/** The libraries that a client can be joined to: see `make-bridges.ts`. */
export const BRIDGES = ["msw", "tanstack-query", "zod"] as const;
export type BridgeName = (typeof BRIDGES)[number];
