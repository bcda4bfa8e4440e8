import type { PlatformName } from "../suite/differences.js";
import type { CaseResult, SuiteOptions } from "../suite/suite.js";

/** A JavaScript platform on which the suite runs. */
export interface Platform {
  readonly name: PlatformName;
  /** In what form it gets the clients. */
  readonly form: string;
  /** How to get it, as a command. */
  readonly install: string;
  /** The program; undefined if it is not there. */
  find(): string | undefined;
  /** Runs the suite. Rejects if the platform fails before there are results. */
  run(context: RunContext): Promise<readonly CaseResult[]>;
}

/** What a platform has to run with. */
export interface RunContext {
  readonly program: string;
  readonly options: SuiteOptions;
  /** An empty folder, removed afterwards. */
  readonly folder: string;
  /** Aborts when the platform has used up its time: everything that was started has to end. */
  readonly signal: AbortSignal;
}

/** How to get what comes from npm. */
export const NPM_INSTALL = "npm ci --prefix test/platforms --ignore-scripts";
