import type { Report } from "../diagnostics/located.js";
import type { Pipeline } from "./pipeline-port.js";

/** What every command returns to the shell (`generator/README.md`). */
export const EXIT = {
  clean: 0,
  outOfDate: 1,
  findings: 1,
  drift: 1,
  brokenInput: 2,
  /** Something could not be fetched, and nothing else is wrong: nobody knows whether there is drift. */
  notFetched: 3,
  bug: 70,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Where a command writes: results to `out`, findings to `err`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether findings may be coloured. */
  readonly color: boolean;
  /** Whether results may be. Default: no. */
  readonly colorOut?: boolean;
  /** Whether somebody looks at findings as they come, so that a line may be drawn and taken away. Default: no. */
  readonly isLively?: boolean;
  /** Whether somebody is there to be asked. Default: no. */
  readonly canAsk?: boolean;
  /** How many characters a line of it has. Default: 80. */
  readonly columns?: number | undefined;
}

/** What a command works with beside its own options. */
export interface CommandContext {
  readonly pipeline: Pipeline;
  /** Whether what is given may be coloured. Default: no. */
  readonly color?: boolean;
  /** Whether one JSON document is all that goes to standard output. Default: no. */
  readonly isJson?: boolean;
}

/** What a command has to tell. It prints nothing itself: `present.ts` does, as text or as JSON. */
export interface CommandResult {
  readonly exitCode: ExitCode;
  readonly reports: readonly Report[];
  /** What the command gives, for people; empty where it gives nothing. */
  readonly text: string;
  /** Whether `text` is what the command is run for, such as a document, and not what it says about its work. Default: no. */
  readonly isData?: boolean;
  /** What else there is to say to people, after the findings. Default: nothing. */
  readonly note?: string;
  /** What goes on when all is told, until the user ends it; `tell` prints what comes up meanwhile. Default: nothing. */
  readonly lasting?: (tell: (result: CommandResult) => void) => Promise<void>;
  /** The same for programs, as `report-schema.json` tells; `undefined` after an error. */
  readonly results: unknown;
}

/** The result of a command that an error keeps from what it is for. */
export function failure(reports: readonly Report[]): CommandResult {
  return { exitCode: exitCodeOfErrors(reports), reports, text: "", results: undefined };
}

/** That something could not be fetched says nothing about it; any other error is about what there is. */
export function exitCodeOfErrors(reports: readonly Report[]): ExitCode {
  const errors = reports
    .flatMap(({ diagnostics }) => diagnostics)
    .filter(({ severity }) => severity === "error");
  return errors.length > 0 && errors.every(({ code }) => code === "fetch-failed")
    ? EXIT.notFetched
    : EXIT.brokenInput;
}
