import path from "node:path";
import { repository } from "../../support/repository.js";
import type { CaseResult } from "../suite/suite.js";
import { transpile } from "./build.js";
import { NPM_INSTALL, type Platform, type RunContext } from "./platform.js";
import { installed, onPath, start } from "./program.js";

/** The arguments with which a platform runs the entry for the command line. */
type Arguments = (context: RunContext) => readonly string[] | Promise<readonly string[]>;

const ENTRY = repository("test/platforms/entries/command-line.ts");
const HOOKS = repository("test/platforms/entries/resolve-sources.js");

const strippingTypes: Arguments = () => ["--import", HOOKS, ENTRY];

/** The platforms that run programs, from npm. */
export const COMMAND_LINES: readonly Platform[] = [
  {
    name: "Node.js 20",
    form: "each file transpiled",
    install: NPM_INSTALL,
    find: () => installed("node20-linux-x64/bin/node", "node20-linux-arm64/bin/node"),
    run: run(async ({ folder }) => {
      const outdir = await transpile(path.join(folder, "out"));
      return [path.join(outdir, "test/platforms/entries/command-line.js")];
    }),
  },
  {
    name: "Node.js 22",
    form: "sources",
    install: NPM_INSTALL,
    find: () => installed("node22-linux-x64/bin/node", "node22-linux-arm64/bin/node"),
    run: run(strippingTypes),
  },
  {
    name: "Node.js 24",
    form: "sources",
    install: NPM_INSTALL,
    find: () => installed("node24-linux-x64/bin/node", "node24-linux-arm64/bin/node"),
    run: run(strippingTypes),
  },
  {
    name: "Bun",
    form: "sources",
    install: NPM_INSTALL,
    find: () =>
      installed("@oven/bun-linux-x64/bin/bun", "@oven/bun-linux-aarch64/bin/bun") ?? onPath("bun"),
    run: run(() => ["run", "--no-install", ENTRY]),
  },
  {
    name: "Deno",
    form: "sources",
    install: NPM_INSTALL,
    find: () => installed("@deno/linux-x64-glibc/deno") ?? onPath("deno"),
    // Nothing but the network of this machine is needed.
    run: run(() => [
      ...["run", "--no-prompt", "--no-config", "--no-lock", "--no-remote", "--no-npm"],
      ...["--sloppy-imports", "--allow-net=127.0.0.1", ENTRY],
    ]),
  },
];

function run(argumentsFor: Arguments): Platform["run"] {
  return async (context) => {
    const { program, options, folder, signal } = context;
    const args = [...(await argumentsFor(context)), JSON.stringify(options)];
    const { output, ended } = start({ program, args, folder, signal });
    const code = await ended;
    const line = /^\[.*\]$/m.exec(output())?.[0];
    if (code !== 0 || line === undefined) {
      throw new Error(`ended with ${String(code)}: ${output().slice(-2_000)}`);
    }
    return JSON.parse(line) as readonly CaseResult[];
  };
}
