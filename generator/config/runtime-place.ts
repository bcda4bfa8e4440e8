/** Where the runtime of a client is: in one folder for several clients, or in that of each. */
export const RUNTIME_PLACES = ["shared", "separate"] as const;
export type RuntimePlace = (typeof RUNTIME_PLACES)[number];
