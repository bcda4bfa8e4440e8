import { spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { repository } from "../../support/repository.js";

/** The first of some files that is a program. */
export function firstProgram(...files: readonly string[]): string | undefined {
  return files.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A program of the packages that only this suite installs: one for each system, if there is any. */
export function installed(...files: readonly string[]): string | undefined {
  const folder = repository("test/platforms/node_modules");
  return firstProgram(...files.map((file) => path.join(folder, file)));
}

/** A program on the search path. */
export function onPath(...names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return firstProgram(...names.flatMap((name) => folders.map((folder) => path.join(folder, name))));
}

/** What a program needs to start. */
export interface Start {
  readonly program: string;
  readonly args: readonly string[];
  /** An empty folder: the program finds no settings of the user's, and leaves nothing behind. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
}

/** A program that runs. */
export interface Running {
  readonly child: ChildProcess;
  /** What it has written so far, errors included. */
  readonly output: () => string;
  /** Ends it and whatever it has started. */
  readonly stop: () => void;
  /** Settles when it has ended. */
  readonly ended: Promise<number | null>;
}

/** Starts a program in a process group of its own; a proxy of the user's is none of its business. */
export function start({ program, args, folder, signal }: Start): Running {
  const env = {
    PATH: process.env["PATH"],
    HOME: folder,
    TMPDIR: folder,
    DENO_DIR: folder,
    DENO_NO_UPDATE_CHECK: "1",
    DO_NOT_TRACK: "1",
    NO_COLOR: "1",
  };
  const child = spawn(program, args, {
    env,
    cwd: repository(""),
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
  }
  const stop = (): void => {
    // Its number may belong to somebody else once it has ended.
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    if (child.pid !== undefined && !hasEnded) process.kill(-child.pid, "SIGKILL");
  };
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  signal?.addEventListener("abort", stop, { once: true });
  return { child, output: () => chunks.join(""), stop, ended };
}

/** The version that a program says it has. */
export async function versionOf(program: string, folder: string): Promise<string> {
  const signal = AbortSignal.timeout(20_000);
  const { output, ended } = start({ program, args: ["--version"], folder, signal });
  await ended;
  return /\d+(?:[.-]\d+)+/.exec(output())?.[0] ?? "unknown";
}
