import { createRequire } from "node:module";
import type * as Init from "./commands/init.js";
import type * as Questions from "./commands/init-questions.js";

const require = createRequire(import.meta.url);

/** The command that sets a project up, and what asks the user for it. */
export type InitCommands = Pick<typeof Init, "initCommand"> &
  Pick<typeof Questions, "terminalQuestions">;

/** Loads them: the compiler comes with them, for which no other command should wait. */
export function openInit(): InitCommands {
  return {
    ...(require("./commands/init.ts") as typeof Init),
    ...(require("./commands/init-questions.ts") as typeof Questions),
  };
}
