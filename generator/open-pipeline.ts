import { createRequire } from "node:module";
import { setImmediate as everythingElse } from "node:timers/promises";
import type { Pipeline } from "./commands/pipeline-port.js";
import type * as Line from "./pipeline.js";
import { startSecondThread } from "./thread/second-thread.js";

const require = createRequire(import.meta.url);

/**
 * The line on two threads. The second one reads the documents while this one still loads the compilers, which takes
 * about half a second; then it prints a service while this one goes on with the next.
 */
export function openPipeline(): Pipeline {
  const thread = startSecondThread();
  let loading: Promise<typeof Line> | undefined;
  const line = (): Promise<typeof Line> => (loading ??= loadLine());
  return {
    loadSource: thread.load,
    generateService: async (source, options) =>
      (await line()).generateService(source, options, (model, runtime) =>
        thread.print({ model, runtime }),
      ),
    runtimeFiles: async () => (await line()).runtimeFiles(),
    inspectOperation: async (source, options, operation, stage) =>
      (await line()).inspectOperation(source, options, operation, stage),
  };
}

/** Loads the line, by `require` as `load-typescript.js` tells; that blocks, so that documents are asked for before. */
async function loadLine(): Promise<typeof Line> {
  await everythingElse();
  return require("./pipeline.ts") as typeof Line;
}
