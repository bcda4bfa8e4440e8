import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { repository } from "../support/repository.js";

/** An example that runs, in a process of its own, as its reader starts it. */
export interface Example {
  readonly child: ChildProcess;
  /** What it has written so far, errors included. */
  readonly output: () => string;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;
}

/**
 * Starts one of the programs in `examples/`.
 *
 * @param file its path in that folder
 * @param env its settings: it sees no others
 */
export function runExample(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Example {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", repository(`examples/${file}`), ...args],
    {
      cwd: repository("."),
      env: { PATH: process.env["PATH"], NODE_NO_WARNINGS: "1", ...env },
      timeout: 25_000,
    },
  );
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
  const ended = once(child, "close").then(([code]) => code as number | null);
  return { child, output: () => chunks.join(""), ended };
}
