import { cpSync, mkdirSync } from "node:fs";
import path from "node:path";
import type { Pipeline } from "../generator/commands/pipeline-port.js";
import { generateTargets } from "../generator/commands/generate-targets.js";
import { sameTexts } from "../generator/output/known-files.js";
import { realPipeline } from "../test/support/pipeline.js";
import { repository } from "../test/support/repository.js";
import { changeOf, toggled } from "./changed-operation.js";
import type { Counts } from "./counts.js";
import { CHANGED, SERVICES } from "./documents.js";
import { inFolder } from "./folders.js";
import { snapshotOf, writtenBetween } from "./written.js";

/**
 * Counts what `generate` does in a copy of this repository's clients: how many services and files are made, and how many
 * files written, where nothing has changed, and where one operation of one document has.
 */
export function warmCounts(): Promise<Counts> {
  return inFolder(async (folder) => {
    for (const name of ["driftline.yaml", "driftline.lock", "specs", "generated"])
      cpSync(repository(name), path.join(folder, name), { recursive: true });
    mkdirSync(path.join(folder, "node_modules"));
    await made(folder, true);
    const counts: Record<string, number> = {};
    const count = async (what: string): Promise<void> => {
      const before = snapshotOf(folder);
      const { services, files } = await made(folder, false);
      counts[`${what}: services made`] = services;
      counts[`${what}: files made`] = files;
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

/** Runs `generate` there, and tells how many clients were made, and how many files of these. */
async function made(
  folder: string,
  full: boolean,
): Promise<{ readonly services: number; readonly files: number }> {
  let [services, files] = [0, 0];
  const pipeline = realPipeline();
  const counting: Pipeline = {
    ...pipeline,
    generateService: async (source, options, observe, known) => {
      const result = await pipeline.generateService(source, options, observe, known);
      const same = sameTexts(result.value?.keys ?? new Map(), known ?? new Map());
      services += 1;
      files += (result.value?.files.length ?? 0) - same.size;
      return result;
    },
  };
  const config = path.join(folder, "driftline.yaml");
  const { written } = await generateTargets({ services: [], config, full }, counting, "nothing");
  if (written === undefined) throw new Error("generate found an error.");
  return { services, files };
}
