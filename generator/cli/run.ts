import type { CommandContext, CommandResult } from "../commands/command.js";

/** One run of driftline, as its commands see it. */
export interface Run {
  /** What a command works with; made when it is asked for, which starts the second thread. */
  readonly context: () => CommandContext;
  /** Whether somebody is there to be asked. */
  readonly canAsk: boolean;
  /** Takes away what is drawn on the terminal, before somebody is asked. */
  readonly clear: () => void;
  /** Takes what a command has to tell. */
  readonly finish: (result: CommandResult) => void;
}
