import { fork, type ChildProcess } from "node:child_process";
import type { Examination, Outcome } from "./result.js";
import type { Answer, Message, Task } from "./serve.js";

export interface Limits {
  /** For one document, in seconds. */
  readonly timeout: number;
  /** Of the heap of one worker, in megabytes. */
  readonly memory: number;
}

/** A process that examines documents, one at a time. */
export interface WorkerProcess {
  /** Gives what it found out, or how it ended; after that it is gone. */
  readonly examine: (task: Task) => Promise<Answer | Ending>;
  readonly stop: () => void;
}

/** How a worker ended that should have answered. */
export interface Ending {
  readonly examination: Examination;
  readonly heap: undefined;
}

/** How much of what a worker says at its end is kept, in UTF-16 units. */
const LAST_WORDS = 20_000;

/** Starts a worker and waits until it is ready. Fails if it ends before. */
export async function startWorker(file: string, limits: Limits): Promise<WorkerProcess> {
  const child = fork(file, {
    execArgv: ["--import", "tsx", `--max-old-space-size=${limits.memory}`],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let lastWords = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS);
  });
  if ((await nextOf(child, undefined)) !== "ready")
    throw new Error(`The worker did not start.\n${lastWords}`);
  const examine = async (task: Task): Promise<Answer | Ending> => {
    const startedAt = performance.now();
    const answer = nextOf(child, limits.timeout);
    child.send(task);
    const message = await answer;
    if (typeof message === "object") return message;
    const seconds = (performance.now() - startedAt) / 1_000;
    return { examination: endingOf(message, lastWords, limits, seconds), heap: undefined };
  };
  return {
    examine,
    stop: () => {
      child.kill("SIGKILL");
    },
  };
}

/** The next message of a process; how it ended, if it ends before; `"timeout"` if it takes too long, and is ended. */
function nextOf(
  child: ChildProcess,
  timeout: number | undefined,
): Promise<Message | "timeout" | "end"> {
  return new Promise((resolve) => {
    let hasTimedOut = false;
    const timer =
      timeout &&
      setTimeout(() => {
        hasTimedOut = true;
        child.kill("SIGKILL");
      }, timeout * 1_000);
    const settle = (message: Message | "timeout" | "end"): void => {
      clearTimeout(timer);
      child.off("message", settle).off("close", ended);
      resolve(message);
    };
    const ended = (): void => {
      settle(hasTimedOut ? "timeout" : "end");
    };
    child.on("message", settle).on("close", ended);
  });
}

function endingOf(
  how: string,
  lastWords: string,
  { timeout, memory }: Limits,
  seconds: number,
): Examination {
  if (how === "timeout")
    return lost("timed-out", "no answer", `no answer within ${timeout} s`, seconds);
  if (/heap out of memory|allocation failed/i.test(lastWords))
    return lost("out-of-memory", "heap", `more than ${memory} MB of heap`, seconds);
  const [line] = lastWords.split("\n").filter((text) => /error/i.test(text));
  return lost("crashed", "process ended", line?.trim() ?? "the process ended", seconds);
}

function lost(outcome: Outcome, code: string, text: string, seconds: number): Examination {
  return {
    outcome,
    reasons: [{ code, text }],
    warnings: {},
    generating: seconds,
    compiling: 0,
    lines: 0,
  };
}
