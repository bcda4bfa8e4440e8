import type { Report } from "../diagnostics/located.js";
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
  readonly pipeline: Pipeline;
}

/** What a command has to tell. It prints nothing itself: `present.ts` does, as text or as JSON. */
export interface CommandResult {
  readonly exitCode: ExitCode;
  readonly reports: readonly Report[];
  /** What the command gives, for people; empty where it gives nothing. */
  readonly text: string;
  /** What else there is to say to people, after the findings. Default: nothing. */
  readonly note?: string;
  /** The same for programs, as `report-schema.json` tells; `undefined` after an error. */
  readonly results: unknown;
}

/** The result of a command that an error keeps from what it is for. */
export function failure(reports: readonly Report[]): CommandResult {
  return { exitCode: EXIT.brokenInput, reports, text: "", results: undefined };
}
