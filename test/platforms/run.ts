import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { CHROMIUM } from "./platforms/chromium.js";
import { COMMAND_LINES } from "./platforms/command-line.js";
import type { Platform } from "./platforms/platform.js";
import { versionOf } from "./platforms/program.js";
import { WORKERD } from "./platforms/workerd.js";
import { textOf, type Report } from "./report.js";
import { startServer } from "./server/server.js";
import type { Origins } from "./suite/case.js";

/*
 * Runs the suite on all platforms that are there, or on those that the arguments name:
 *
 *   npm run test:platforms -- [--require-all] [platform...]
 *
 * Ends with 1 if a case fails, and with `--require-all` also if a platform is not there.
 */

/** How long a platform may take, in milliseconds. */
const TIMEOUT = 120_000;

const PLATFORMS: readonly Platform[] = [...COMMAND_LINES, WORKERD, CHROMIUM];

const args = process.argv.slice(2);
const mustHaveAll = args.includes("--require-all");
const names = args.filter((arg) => !arg.startsWith("--")).map((name) => name.toLowerCase());
const unknown = names.find((name) => !PLATFORMS.some((platform) => isNamed(platform, name)));
if (unknown !== undefined) {
  const known = PLATFORMS.map(({ name }) => name).join(", ");
  throw new Error(`there is no platform ${JSON.stringify(unknown)}, but ${known}`);
}
const chosen = PLATFORMS.filter(
  (platform) => names.length === 0 || names.some((name) => isNamed(platform, name)),
);
const server = await startServer();
const reports: Report[] = [];
for (const platform of chosen) reports.push(await reportOn(platform, server.origins));
await server.close();
process.stdout.write(textOf(reports));
const hasFailed = reports.some(
  ({ version, results }) =>
    results.some(({ error }) => error !== undefined) || (mustHaveAll && version === undefined),
);
process.exitCode = hasFailed ? 1 : 0;

function isNamed(platform: Platform, name: string): boolean {
  return platform.name
    .toLowerCase()
    .replaceAll(/\.js | /g, "")
    .startsWith(name);
}

async function reportOn(platform: Platform, origins: Origins): Promise<Report> {
  const program = platform.find();
  if (program === undefined) return { platform, version: undefined, results: [], seconds: 0 };
  const folder = mkdtempSync(path.join(tmpdir(), "driftline-"));
  const signal = AbortSignal.timeout(TIMEOUT);
  const startedAt = performance.now();
  try {
    const version = await versionOf(program, folder);
    const options = { platform: platform.name, origins };
    const results = await platform
      .run({ program, options, folder, signal })
      .catch((error: unknown) => [
        { name: "runs at all", error: signal.aborted ? "took too long" : String(error) },
      ]);
    return { platform, version, results, seconds: (performance.now() - startedAt) / 1_000 };
  } finally {
    // Not by rmSync: it does not look again for what a process that is ending has written since.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
