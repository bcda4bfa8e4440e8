import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { generatorHash } from "../../generator/output/generator-identity.js";
import { repository } from "../support/repository.js";
import { environment } from "./environment.js";
import { compile, examineFiles, importPlugin, lint } from "./examine.js";
import { MANAGERS, type Manager } from "./managers.js";
import { nodeVersions, type NodeVersion } from "./nodes.js";
import { pack } from "./pack.js";
import { expectCode, type Surroundings } from "./programs.js";
import { STEPS } from "./steps.js";
import { createProject, useProject, withNode } from "./project.js";

/*
 * Packs the package, examines it, and installs and uses it in an empty project of each package manager, with each
 * supported version of Node.js:
 *
 *   npm run test:package -- [manager...]
 */

/** How many package managers are at work at the same time. */
const JOBS = 2;

const startedAt = performance.now();
// No symbolic link on the way, such as the one to the temporary folder of macOS.
const root = mkdtempSync(path.join(tmpdir(), "driftline-package-"));
try {
  await testPackage();
} finally {
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
}

async function testPackage(): Promise<void> {
  mkdirSync(path.join(root, "home"));
  const env = environment(root);
  const nodes = nodeVersions(root);
  const { tarball, files, size, unpackedSize } = pack(root);
  say(`packed: ${files.length} files, ${kilobytes(size)}, unpacked ${kilobytes(unpackedSize)}`);
  examineFiles(files);
  await lint(tarball, { folder: root, env });
  say("publint and attw found nothing");
  const waiting = chosenManagers();
  const manifests = new Set<string>();
  const work = async (): Promise<void> => {
    for (let manager = waiting.shift(); manager !== undefined; manager = waiting.shift()) {
      const surroundings = { folder: path.join(root, `a project of ${manager.name}`), env };
      for (const manifest of await testManager(manager, tarball, surroundings, nodes)) {
        manifests.add(manifest);
      }
    }
  };
  await Promise.all(Array.from({ length: JOBS }, work));
  await expectOneClient(manifests);
  await testOwnClients({ folder: path.join(root, "a project of npm"), env }, nodes);
}

/** Those that the arguments name; all where there are none. npm is always one, since more is tried with it. */
function chosenManagers(): Manager[] {
  const names = process.argv.slice(2).map((name) => name.toLowerCase());
  return MANAGERS.filter(({ name }) =>
    [...names, "npm"].some((start) => names.length === 0 || name.toLowerCase().startsWith(start)),
  );
}

/** Throws unless all clients are the same, and made by the generator that the sources are. */
async function expectOneClient(manifests: ReadonlySet<string>): Promise<void> {
  const [manifest = "{}", ...others] = manifests;
  if (others.length > 0) throw new Error("not all wrote the same client");
  const { generator } = JSON.parse(manifest) as { readonly generator?: string };
  if (generator !== (await generatorHash())) throw new Error("the package has another identity");
}

/** @returns the manifests of the clients that were made */
async function testManager(
  manager: Manager,
  tarball: string,
  surroundings: Surroundings,
  [oldest, ...newer]: readonly NodeVersion[],
): Promise<readonly string[]> {
  if (oldest === undefined) throw new Error("no version of Node.js is supported");
  const { folder, env } = surroundings;
  await createProject(manager, tarball, { folder, env: withNode(env, oldest) });
  const manifests = [];
  for (const node of manager.isRuntime === true ? [oldest] : [oldest, ...newer]) {
    const isAll = node === oldest || manager.name === "npm";
    const steps = STEPS.filter(({ isLikeGenerate }) => isAll || isLikeGenerate !== true);
    manifests.push(await useProject(manager, surroundings, node, steps));
    say(manager.isRuntime === true ? manager.name : `${manager.name}, ${node.name}`);
  }
  if (manager.name === "npm") {
    await importPlugin(surroundings);
    await compile(surroundings);
    say("a program compiles against the types");
  }
  return manifests;
}

/** The package makes of the documents of this repository what the sources have made. */
async function testOwnClients(
  { folder, env }: Surroundings,
  [node]: readonly NodeVersion[],
): Promise<void> {
  if (node === undefined) return;
  const program = path.join(folder, "node_modules/driftline/dist/bin.cjs");
  const surroundings = { folder: repository(""), env: withNode(env, node) };
  await expectCode(0, ["node", program, "check", "--full"], surroundings);
  say("the package writes what the sources write");
}

function say(line: string): void {
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0).padStart(4);
  process.stdout.write(`${seconds} s  ${line}\n`);
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1_000)} kB`;
}
