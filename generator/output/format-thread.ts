import { Worker } from "node:worker_threads";
import type { GeneratedFile } from "./generated-file.js";

/** A request to the thread, and its answer. */
export interface FormatRequest {
  readonly id: number;
  readonly files: readonly GeneratedFile[];
}
export type FormatAnswer =
  | { readonly id: number; readonly files: readonly GeneratedFile[] }
  | { readonly id: number; readonly problem: string };

/**
 * Starts a thread that formats files while this one goes on, and gives the function that sends it some. Formatting
 * takes about as long as all other stages together, so with two cores a run of several services is nearly twice as
 * fast. The thread keeps the process alive only while there is something to format.
 */
export function startFormatThread(): (
  files: readonly GeneratedFile[],
) => Promise<readonly GeneratedFile[]> {
  const worker = new Worker(new URL("./format-worker.js", import.meta.url), { execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let count = 0;
  let failure: Error | undefined;
  const failAll = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on("message", (answer: FormatAnswer) => {
    settle(waiting.get(answer.id), answer);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
  });
  worker.on("error", failAll);
  worker.on("exit", () => {
    failAll(new Error("The formatting thread ended."));
  });
  worker.unref();
  return (files) =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) {
        reject(failure);
        return;
      }
      count += 1;
      waiting.set(count, { resolve, reject });
      worker.ref();
      worker.postMessage({ id: count, files } satisfies FormatRequest);
    });
}

interface Waiting {
  readonly resolve: (files: readonly GeneratedFile[]) => void;
  readonly reject: (error: Error) => void;
}

function settle(request: Waiting | undefined, answer: FormatAnswer): void {
  if ("files" in answer) request?.resolve(answer.files);
  else request?.reject(new Error(answer.problem));
}
