import { installed, type Program } from "./programs.js";

/** A package manager: how it installs a tarball, and how it runs what that brings. */
export interface Manager {
  readonly name: string;
  readonly install: (tarball: string) => Program;
  readonly run: (args: readonly string[]) => Program;
  /** How it runs a program of the project. */
  readonly start: (file: string) => Program;
  /** Files that a project has to have. Default: none but `package.json`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether it has one runtime of its own, in place of Node.js. */
  readonly isRuntime?: boolean;
}

const BUN = installed("@oven/bun-linux-x64/bin/bun", "@oven/bun-linux-aarch64/bin/bun");
const PNPM = installed("pnpm/bin/pnpm.cjs");
const YARN = installed("yarn/bin/yarn.js");
const YARN_4 = installed("@yarnpkg/cli-dist/bin/yarn.js");
/** The one that runs this suite; otherwise the one on the search path. */
const NPM: Program =
  process.env["npm_execpath"] === undefined ? ["npm"] : ["node", process.env["npm_execpath"]];

/** All that the package has to work with. */
export const MANAGERS: readonly Manager[] = [
  {
    name: "npm",
    install: (tarball) => [...NPM, "install", "--save-dev", tarball],
    run: (args) => [...NPM, "exec", "--offline", "--", "driftline", ...args],
    start: (file) => ["node", file],
  },
  {
    name: "pnpm",
    install: (tarball) => ["node", PNPM, "add", "--save-dev", tarball],
    run: (args) => ["node", PNPM, "exec", "driftline", ...args],
    start: (file) => ["node", file],
  },
  {
    name: "Yarn 1",
    install: (tarball) => ["node", YARN, "add", "--dev", "--non-interactive", tarball],
    run: (args) => ["node", YARN, "--silent", "driftline", ...args],
    start: (file) => ["node", file],
  },
  {
    name: "Yarn 4, Plug'n'Play",
    install: (tarball) => ["node", YARN_4, "add", "--dev", `driftline@file:${tarball}`],
    run: (args) => ["node", YARN_4, "driftline", ...args],
    // It says where the project begins.
    files: { "yarn.lock": "" },
    start: (file) => ["node", YARN_4, "node", file],
  },
  {
    name: "Bun",
    install: (tarball) => [BUN, "add", "--dev", tarball],
    run: (args) => [BUN, "run", "driftline", ...args],
    start: (file) => ["node", file],
  },
  {
    name: "Bun without Node.js",
    install: (tarball) => [BUN, "add", "--dev", tarball],
    run: (args) => [BUN, "--bun", "run", "driftline", ...args],
    start: (file) => [BUN, file],
    isRuntime: true,
  },
];
