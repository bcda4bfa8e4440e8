/**
 * What a 64-bit integer is in TypeScript. A `number` holds 53 bits of it; the other two hold all of them, for which
 * the runtime reads and writes JSON in its own way.
 */
export const INT64_POLICIES = ["number", "string", "bigint"] as const;
export type Int64Policy = (typeof INT64_POLICIES)[number];
