import { createRequire } from "node:module";
import type * as Docs from "./commands/docs.js";

const require = createRequire(import.meta.url);

/** The command that shows reference pages. */
export type DocsCommands = Pick<typeof Docs, "docsCommand">;

/** Loads it: what reads Markdown and colours code comes with it, for which no other command should wait. */
export function openDocs(): DocsCommands {
  return require("./commands/docs.ts") as typeof Docs;
}
