import { Worker } from "node:worker_threads";
import type { Answer, Request, Tasks } from "./tasks.js";

/**
 * Starts a thread that works while this one goes on, and gives what it can do as functions. The thread keeps the
 * process alive only while there is something to do. An error in it, which is a bug, rejects.
 */
export function startSecondThread(): Tasks {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let count = 0;
  let failure: Error | undefined;
  const failAll = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on("message", (answer: Answer) => {
    settle(waiting.get(answer.id), answer);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
  });
  worker.on("error", failAll);
  worker.on("exit", () => {
    failAll(new Error("The second thread ended."));
  });
  worker.unref();
  const perform = <T extends keyof Tasks>(task: T, input: Request<T>["input"]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) {
        reject(failure);
        return;
      }
      count += 1;
      waiting.set(count, { resolve, reject });
      worker.ref();
      worker.postMessage({ id: count, task, input } satisfies Request);
    });
  return {
    load: (input) => perform("load", input) as ReturnType<Tasks["load"]>,
    prepare: (task) => perform("prepare", task) as ReturnType<Tasks["prepare"]>,
    make: (making) => perform("make", making) as ReturnType<Tasks["make"]>,
  };
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** An error of the other thread, with the stack that it had there. */
function asError({ message, stack }: { message: string; stack: string | undefined }): Error {
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}

function settle(request: Waiting | undefined, answer: Answer): void {
  if ("problem" in answer) request?.reject(asError(answer.problem));
  else request?.resolve(answer.value);
}
