/** What clients are written in: TypeScript, JavaScript with declarations beside it, or all of them. */
export const LANGUAGES = ["typescript", "javascript", "both"] as const;
export type Language = (typeof LANGUAGES)[number];
