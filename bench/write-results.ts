import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { format, resolveConfig } from "prettier";
import { repository } from "../test/support/repository.js";
import { pageOf, type Result } from "./results.js";
import type { Suite, Table } from "./suite.js";
import { NODE_VERSION } from "./tools.js";

/** Tells where and how busily a suite runs; to be asked before it starts, for it makes the machine busy itself. */
export function machine(): string {
  const all = cpus();
  const load = loadavg()[0]?.toFixed(1) ?? "unknown";
  return `${all.length} cores of ${all[0]?.model ?? "an unknown processor"}, Node.js ${NODE_VERSION}; load before the run: ${load}.`;
}

/** Keeps what a suite measured, in place of what it measured before. */
export function writeResult(suite: Suite, where: string, tables: readonly Table[]): void {
  mkdirSync(repository("bench/results"), { recursive: true });
  const result: Result = { suite: suite.name, machine: where, tables };
  writeFileSync(fileOf(suite), `${JSON.stringify(result, null, 2)}\n`);
}

/** Writes `RESULTS.md` from everything that is kept. */
export async function writePage(suites: readonly Suite[]): Promise<void> {
  const kept = suites.map(fileOf).filter((file) => existsSync(file));
  const results = kept.map((file) => JSON.parse(readFileSync(file, "utf8")) as Result);
  const page = repository("bench/RESULTS.md");
  const options = { ...(await resolveConfig(page)), filepath: page };
  writeFileSync(page, await format(pageOf(results), options));
}

function fileOf({ name }: Suite): string {
  return repository(`bench/results/${name}.json`);
}
