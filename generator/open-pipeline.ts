import type { Pipeline } from "./commands/pipeline-port.js";
import { startFormatThread } from "./output/format-thread.js";

/** The line with formatting in a thread of its own, which starts up while the stages are still being loaded. */
export async function openPipeline(): Promise<Pipeline> {
  const format = startFormatThread();
  const pipeline = await import("./pipeline.js");
  return {
    ...pipeline,
    generateService: (source, options) => pipeline.generateService(source, options, format),
  };
}
