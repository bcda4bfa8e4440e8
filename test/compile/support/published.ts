import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { repository } from "../../support/repository.js";

/** Where the published documents lie; not part of the repository. */
const FOLDER = repository("../shared/reference/specs");

/** The published documents, or why there are none. */
export const PUBLISHED: { readonly files: readonly string[]; readonly missing?: string } =
  existsSync(FOLDER)
    ? { files: readdirSync(FOLDER).map((name) => path.join(FOLDER, name)) }
    : { files: [], missing: `there is no ${FOLDER}` };

/** What a run of the command left behind. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `driftline generate` as a user does, for a document without a configuration. */
export function generateInto(input: string, output: string): Promise<Run> {
  return generate(["--input", input, "--output", output]);
}

/** Runs `driftline generate` for the services of a configuration. */
export function generateConfigured(configuration: string): Promise<Run> {
  return generate(["--config", configuration]);
}

async function generate(options: readonly string[]): Promise<Run> {
  const args = ["--import", "tsx", repository("generator/cli.ts"), "generate", ...options];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
      cwd: repository("."),
      env: { ...process.env, NO_COLOR: "1" },
      maxBuffer: 64_000_000,
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}
