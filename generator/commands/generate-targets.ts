import type { Report } from "../diagnostics/located.js";
import { writeOutputs, type Written } from "../output/write.js";
import { build, type BuildInputs } from "./build.js";
import type { Pipeline } from "./pipeline-port.js";
import { findTargets, type TargetRequest } from "./targets.js";

/** What became of generating. */
export interface GenerateRun {
  /** `undefined` after an error; then nothing was written at all. */
  readonly written: readonly Written[] | undefined;
  readonly reports: readonly Report[];
  readonly inputs: BuildInputs;
}

/** Writes the clients; nothing at all unless every document is right. */
export async function generateTargets(
  request: TargetRequest,
  pipeline: Pipeline,
): Promise<GenerateRun> {
  const built = await build(await findTargets(request, pipeline), pipeline);
  const { outputs, reports, inputs } = built;
  if (outputs === undefined) return { written: undefined, reports, inputs };
  const { value: written, diagnostics } = await writeOutputs(outputs);
  return { written, reports: [...reports, { diagnostics, source: undefined }], inputs };
}
