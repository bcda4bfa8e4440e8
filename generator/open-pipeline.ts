import type { Pipeline } from "./commands/pipeline-port.js";
import { formatTogether } from "./thread/format-together.js";
import { startSecondThread } from "./thread/second-thread.js";

/**
 * The line on two threads. The second one reads the documents while this one still loads the compilers, which takes
 * about a second; then both format. The line itself is loaded at the same time, so that documents can be asked for
 * before it is there.
 */
export function openPipeline(): Pipeline {
  const thread = startSecondThread();
  const line = import("./pipeline.js");
  return {
    loadSource: thread.load,
    generateService: async (source, options) =>
      (await line).generateService(source, options, (files) => formatTogether(files, thread)),
    runtimeFiles: async () => (await line).runtimeFiles(),
    inspectOperation: async (source, options, operation, stage) =>
      (await line).inspectOperation(source, options, operation, stage),
  };
}
