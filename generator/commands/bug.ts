import { quoted, visible } from "../diagnostics/quoted.js";

/** An error that nobody expected, as users are told of it. */
export interface Bug {
  readonly message: string;
  /** What to do about it. */
  readonly report: string;
  /** Only where it was asked for. */
  readonly stack?: string;
}

const REPORT =
  "This is a bug of driftline. Please report it with the command and, if you may, the document;\nrun again with --debug to see where it happened.";
const MORE_MEMORY =
  "Run again with more memory: NODE_OPTIONS=--max-old-space-size=8192 (megabytes). If the document is not larger than others, this is a bug of driftline: please report it.";

/** What to tell of an error; its stack only when asked. */
export function bugOf(error: unknown, withStack: boolean): Bug {
  const message = error instanceof Error ? error.message : String(error);
  const stack = withStack && error instanceof Error ? error.stack : undefined;
  return {
    message,
    report: isOutOfMemory(error) ? MORE_MEMORY : REPORT,
    ...(stack === undefined ? {} : { stack }),
  };
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}

/** The same for a terminal. The message may hold text of a document, and so is quoted. */
export function bugText({ message, report, stack }: Bug): string {
  return `driftline failed unexpectedly: ${quoted(message)}\n${report}\n${stack === undefined ? "" : stackText(stack)}`;
}

function stackText(stack: string): string {
  return `${stack.split("\n").map(visible).join("\n")}\n`;
}
