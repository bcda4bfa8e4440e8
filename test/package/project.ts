import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { transform } from "esbuild";
import { repository } from "../support/repository.js";
import type { Manager } from "./managers.js";
import type { NodeVersion } from "./nodes.js";
import { expectCode, type Surroundings } from "./programs.js";
import type { Step } from "./steps.js";

/** What `project/program.ts` has to write. */
const PROGRAM_TELLS = /^\d{2,} files, 0 differences, 1 findings$/m;

/** Makes an empty project with a space in its path, and installs the tarball there. */
export async function createProject(
  manager: Manager,
  tarball: string,
  { folder, env }: Surroundings,
): Promise<void> {
  mkdirSync(folder);
  const files = { "package.json": '{ "name": "mine", "private": true, "type": "module" }\n' };
  for (const [name, text] of Object.entries({ ...files, ...manager.files })) {
    writeFileSync(path.join(folder, name), text);
  }
  cpSync(repository("test/package/project"), folder, { recursive: true });
  const program = readFileSync(path.join(folder, "program.ts"), "utf8");
  const { code } = await transform(program, { loader: "ts", format: "esm" });
  writeFileSync(path.join(folder, "program.js"), code);
  await expectCode(0, manager.install(tarball), { folder, env });
}

/**
 * Does what users do in a project, with one version of Node.js.
 *
 * @param steps everything, or what is not like something else
 * @returns the text of the client's manifest, in which every file has its hash
 */
export async function useProject(
  manager: Manager,
  { folder, env }: Surroundings,
  node: NodeVersion,
  steps: readonly Step[],
): Promise<string> {
  const surroundings = { folder, env: withNode(env, node) };
  for (const name of ["src", "driftline.yaml", "driftline.lock"]) {
    rmSync(path.join(folder, name), { recursive: true, force: true });
  }
  for (const step of steps) await take(step, manager, surroundings);
  const told = await expectCode(0, manager.start("program.js"), surroundings);
  if (!PROGRAM_TELLS.test(told)) throw new Error(`the program wrote ${told}`);
  return readFileSync(path.join(folder, "src/api/driftline-manifest.json"), "utf8");
}

/** The environment in which `node` is a certain version. */
export function withNode(env: NodeJS.ProcessEnv, { folder }: NodeVersion): NodeJS.ProcessEnv {
  return { ...env, PATH: [folder, env["PATH"]].join(path.delimiter) };
}

async function take(step: Step, manager: Manager, surroundings: Surroundings): Promise<void> {
  const { args, code, shows, leaves } = step;
  const output = await expectCode(code, manager.run(args), surroundings);
  if (output.includes("unrecognized flag"))
    throw new Error(`V8 does not know a flag of generator/optimize-late.js: ${output}`);
  if (!shows.test(output))
    throw new Error(`${args.join(" ")} wrote no ${String(shows)}: ${output}`);
  if (leaves !== undefined && !existsSync(path.join(surroundings.folder, leaves))) {
    throw new Error(`${args.join(" ")} left no ${leaves}`);
  }
}
