import { writeFileSync } from "node:fs";
import { repository } from "../support/repository.js";
import { runCorpus } from "./corpus.js";
import { readOptions, USAGE, type Options } from "./options.js";
import { areFine, reportOf } from "./report.js";

/*
 * Runs the generator over every document below a folder: `npm run corpus -- FOLDER`. What the options are is told when
 * there is no folder.
 */

const options = optionsOrUsage();
if (options === undefined) process.exitCode = 2;
else process.exitCode = (await run(options)) ? 0 : 1;

async function run(chosen: Options): Promise<boolean> {
  const results = await runCorpus(chosen, repository("test/corpus/worker.ts"), (line) => {
    process.stdout.write(`${line}\n`);
  });
  if (chosen.json !== undefined) writeFileSync(chosen.json, `${JSON.stringify(results)}\n`);
  process.stdout.write(`\n${reportOf(results)}`);
  return areFine(results);
}

function optionsOrUsage(): Options | undefined {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return undefined;
  }
}
