import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { repository } from "../support/repository.js";
import { ringsOfSchemas, treesOfSchemas, type MakeDocument } from "./documents.js";

/*
 * How long `driftline diff` takes for large documents. Prints a table; nothing fails where a machine is slow. The sizes
 * are a part of those that the documents are made for: `npm run bench:diff -- 0.1` is a tenth.
 */

const scale = Number(process.argv[2] ?? 1);
const PAIRS: Readonly<Record<string, MakeDocument>> = {
  trees: treesOfSchemas(3_000 * scale),
  rings: ringsOfSchemas(2_500 * scale),
};
/** How a run may end: no drift, or drift that fails it. */
const FINE: readonly unknown[] = [0, 1];

const folder = await mkdtemp(path.join(tmpdir(), "driftline-bench-"));
try {
  const rows = ["documents   size  verdict      time"];
  for (const [name, makeDocument] of Object.entries(PAIRS)) {
    const files = [path.join(folder, "old.json"), path.join(folder, "new.json")] as const;
    const texts = [false, true].map((isNew) => JSON.stringify(makeDocument(isNew), null, 2));
    await writeFile(files[0], texts[0] ?? "");
    await writeFile(files[1], texts[1] ?? "");
    const size = `${((texts[0] ?? "").length / 1_000_000).toFixed(1)} MB`;
    for (const verdict of ["wire", "both"]) {
      const time = `${(await secondsOf(files, verdict)).toFixed(1)} s`;
      rows.push([name, size.padStart(9), `  ${verdict}`.padEnd(9), time.padStart(9)].join(" "));
    }
  }
  process.stdout.write(`${rows.join("\n")}\n`);
} finally {
  await rm(folder, { recursive: true });
}

/** The time from start to end of the command, as a user waits for it. */
async function secondsOf(files: readonly string[], verdict: string): Promise<number> {
  const startedAt = performance.now();
  const command = [repository("generator/bin.js"), "diff", ...files, "--verdict", verdict];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "ignore", "inherit"] });
  const [code] = (await once(child, "exit")) as [number | null];
  if (!FINE.includes(code)) throw new Error(`diff ended with ${String(code)}.`);
  return (performance.now() - startedAt) / 1_000;
}
