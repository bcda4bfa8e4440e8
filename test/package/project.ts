import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../support/repository.js";
import type { Manager } from "./managers.js";
import type { NodeVersion } from "./nodes.js";
import { expectCode, type Surroundings } from "./programs.js";
import { STEPS, type Step } from "./steps.js";

/** What is known of a project in which everything went well. */
export interface ProjectResult {
  /** The text of the client's manifest, in which every file has its hash. */
  readonly manifest: string;
  readonly folder: string;
}

/** Makes an empty project with a space in its path, and installs the tarball there. */
export async function createProject(
  manager: Manager,
  tarball: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<Surroundings> {
  mkdirSync(folder);
  const files = { "package.json": '{ "name": "mine", "private": true, "type": "module" }\n' };
  for (const [name, text] of Object.entries({ ...files, ...manager.files })) {
    writeFileSync(path.join(folder, name), text);
  }
  cpSync(repository("test/package/project"), folder, { recursive: true });
  const surroundings = { folder, env: environment };
  await expectCode(0, manager.install(tarball), surroundings);
  return surroundings;
}

/** Does everything that users do in a project, with one version of Node.js. */
export async function useProject(
  manager: Manager,
  { folder, env }: Surroundings,
  node: NodeVersion,
): Promise<ProjectResult> {
  const path_ = [node.folder, env["PATH"]].join(path.delimiter);
  const surroundings = { folder, env: { ...env, PATH: path_ } };
  rmSync(path.join(folder, "src"), { recursive: true, force: true });
  for (const step of STEPS) await take(step, manager, surroundings);
  const version = await expectCode(0, manager.node(["program.js"]), surroundings);
  if (!/^\d+\.\d+\.\d+/m.test(version)) throw new Error(`the program wrote ${version}`);
  return {
    folder,
    manifest: readFileSync(path.join(folder, "src/api/driftline-manifest.json"), "utf8"),
  };
}

async function take(step: Step, manager: Manager, surroundings: Surroundings): Promise<void> {
  const { args, code, shows, leaves } = step;
  const output = await expectCode(code, manager.run(args), surroundings);
  if (!shows.test(output)) throw new Error(`${args.join(" ")} wrote no ${String(shows)}: ${output}`);
  if (leaves !== undefined && !existsSync(path.join(surroundings.folder, leaves))) {
    throw new Error(`${args.join(" ")} left no ${leaves}`);
  }
}
