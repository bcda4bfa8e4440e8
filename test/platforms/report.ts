import type { Platform } from "./platforms/platform.js";
import type { CaseResult } from "./suite/suite.js";

/** How the suite went on a platform. */
export interface Report {
  readonly platform: Platform;
  /** Undefined if it is not there. */
  readonly version: string | undefined;
  readonly results: readonly CaseResult[];
  readonly seconds: number;
}

/** A table, and below it what failed and what was not there. */
export function textOf(all: readonly Report[]): string {
  const there = all.filter(({ version }) => version !== undefined);
  const rows = there.map(({ platform, version, results, seconds }) => {
    const failed = results.filter(({ error }) => error !== undefined).length;
    const passed = results.length - failed;
    return [platform.name, version, platform.form, passed, failed, seconds.toFixed(1)].map(String);
  });
  const table = [["platform", "version", "runs", "passed", "failed", "seconds"], ...rows];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const failures = there.flatMap(({ platform, results }) =>
    results.flatMap(({ name, error }) =>
      error === undefined ? [] : [`\n${platform.name}: ${name}\n${error}`],
    ),
  );
  const missing = all.flatMap(({ platform, version }) =>
    version === undefined ? [`\n${platform.name} is not here; to get it: ${platform.install}`] : [],
  );
  return `${[...lines, ...failures, ...missing].join("\n")}\n`;
}
