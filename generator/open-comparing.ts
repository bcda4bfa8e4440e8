import { createRequire } from "node:module";
import type * as Diff from "./commands/diff.js";
import type * as Drift from "./commands/drift.js";
import type * as Pull from "./commands/pull.js";

const require = createRequire(import.meta.url);

/** The commands that compare documents. */
export type ComparingCommands = Pick<typeof Diff, "diffCommand"> &
  Pick<typeof Drift, "driftCommand"> &
  Pick<typeof Pull, "pullCommand">;

/** Loads them: all reports and rules come with them, for which no other command should wait. */
export function openComparing(): ComparingCommands {
  return {
    ...(require("./commands/diff.ts") as typeof Diff),
    ...(require("./commands/drift.ts") as typeof Drift),
    ...(require("./commands/pull.ts") as typeof Pull),
  };
}
