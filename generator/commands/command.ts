import type { Pipeline } from "./pipeline-port.js";

/** What every command returns to the shell (`generator/README.md`). */
export const EXIT = { clean: 0, outOfDate: 1, findings: 1, brokenInput: 2, bug: 70 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Where a command writes: results to `out`, findings to `err`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether findings may be coloured. */
  readonly color: boolean;
}

/** What a command works with beside its own options. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly pipeline: Pipeline;
}
