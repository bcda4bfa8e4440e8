import { cpSync } from "node:fs";
import path from "node:path";
import type { Pipeline } from "../generator/commands/pipeline-port.js";
import { generateTargets } from "../generator/commands/generate-targets.js";
import { realPipeline } from "../test/support/pipeline.js";
import { repository } from "../test/support/repository.js";
import { changeOf, toggled } from "./changed-operation.js";
import type { Counts } from "./counts.js";
import { CHANGED, SERVICES } from "./documents.js";
import { inFolder } from "./folders.js";
import { snapshotOf, writtenBetween } from "./written.js";

/**
 * Counts what `generate` does in a copy of this repository's clients: how many services are made and how many files
 * written where nothing has changed, and where one operation of one document has.
 */
export function warmCounts(): Promise<Counts> {
  return inFolder(async (folder) => {
    for (const name of ["driftline.yaml", "driftline.lock", "specs", "generated"])
      cpSync(repository(name), path.join(folder, name), { recursive: true });
    const counts: Record<string, number> = {};
    const count = async (what: string): Promise<void> => {
      const before = snapshotOf(folder);
      counts[`${what}: services made`] = await servicesMade(folder);
      counts[`${what}: files written`] = writtenBetween(before, snapshotOf(folder)).length;
    };
    await count("nothing changed");
    for (const service of SERVICES) {
      const file = path.join(folder, `specs/${service}.yaml`);
      toggled(changeOf({ service, file }, CHANGED[service]))();
      await count(`${service}: one operation changed`);
    }
    return counts;
  });
}

/** Runs `generate` there, and tells how many clients were made. */
async function servicesMade(folder: string): Promise<number> {
  let made = 0;
  const pipeline = realPipeline();
  const counting: Pipeline = {
    ...pipeline,
    generateService: (...request) => {
      made += 1;
      return pipeline.generateService(...request);
    },
  };
  const config = path.join(folder, "driftline.yaml");
  const { written } = await generateTargets({ services: [], config }, counting, "nothing");
  if (written === undefined) throw new Error("generate found an error.");
  return made;
}
