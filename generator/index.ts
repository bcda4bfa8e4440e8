import { VERSION } from "./output/generator-identity.js";

/** The version of driftline. */
export const version: string = VERSION;
