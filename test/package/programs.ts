import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { repository } from "../support/repository.js";

const INSTALLED = repository("test/package/node_modules");

/** How long any program may take, in milliseconds. */
const TIMEOUT = 120_000;

/** A file of the packages that only this suite installs: the first of those that is there. */
export function installed(...files: readonly string[]): string {
  const found = files.map((file) => path.join(INSTALLED, file)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new Error(`none of ${files.join(", ")}: npm ci --prefix test/package --ignore-scripts`);
}

/** A program with its first arguments. */
export type Program = readonly [file: string, ...args: string[]];

/** Where and with what a program runs. */
export interface Surroundings {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  /** Everything that it wrote. */
  readonly output: string;
}

/** Runs a program to its end. */
export function run(program: Program, { folder, env }: Surroundings): Promise<Ended> {
  const [file, ...args] = program;
  return new Promise((resolve, reject) => {
    const stdio = ["ignore", "pipe", "pipe"] as const;
    const child = spawn(file, args, { cwd: folder, env, stdio: [...stdio], timeout: TIMEOUT });
    const chunks: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
    }
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, output: chunks.join("") });
    });
  });
}

/** Runs a program that has to end with a code, and gives what it wrote. */
export async function expectCode(
  expected: number,
  program: Program,
  surroundings: Surroundings,
): Promise<string> {
  const { code, output } = await run(program, surroundings);
  if (code === expected) return output;
  throw new Error(`${program.join(" ")}\nended with ${String(code)}:\n${output.slice(-4_000)}`);
}
