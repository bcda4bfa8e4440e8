import type { Environment } from "../commands/loading.js";
import type { Terminal } from "../commands/command.js";

/** An output stream of the process, as far as it matters here. */
export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly write: (text: string) => unknown;
}

/** The streams of a process. */
export interface Streams {
  readonly stdin: { readonly isTTY?: boolean | undefined };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

/** Where the program writes, with colours and widths as the streams and the user want them. */
export function terminalOf(
  { stdin, stdout: out, stderr: err }: Streams,
  environment: Environment,
): Terminal {
  return {
    out: (text) => void out.write(text),
    err: (text) => void err.write(text),
    color: isColored(err, environment),
    colorOut: isColored(out, environment),
    columns: out.columns,
    isLively: isLively(err, environment),
    // Questions stand on standard error, so that what a command gives can go elsewhere.
    canAsk: stdin.isTTY === true && isLively(err, environment),
  };
}

/**
 * Whether a stream gets colours: where NO_COLOR says so never, where FORCE_COLOR does always, and otherwise where somebody
 * looks at it.
 */
export function isColored(stream: Pick<OutputStream, "isTTY">, environment: Environment): boolean {
  const { NO_COLOR: none = "", FORCE_COLOR: forced } = environment;
  if (none !== "") return false;
  if (forced !== undefined) return !["0", "false"].includes(forced);
  return isLively(stream, environment);
}

/** Whether somebody looks at a stream, on a terminal that can do more than print lines. */
export function isLively(
  { isTTY = false }: Pick<OutputStream, "isTTY">,
  { TERM, CI = "" }: Environment,
): boolean {
  return isTTY && TERM !== "dumb" && ["", "0", "false"].includes(CI);
}
