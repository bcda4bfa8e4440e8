import { writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { isMainThread } from "node:worker_threads";

/* Loaded into each process that is measured: when it ends, it leaves what it used in a file beside the others of its run. */

const folder = process.env["DRIFTLINE_BENCH_USAGE"];
if (isMainThread && folder !== undefined) {
  process.on("exit", () => {
    const usage = JSON.stringify(process.resourceUsage());
    writeFileSync(path.join(folder, `${process.pid}.json`), usage);
  });
}
