import { lstat, open, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { objectMember, stringMember } from "../document/json.js";
import type { JsonValue } from "../document/source.js";
import { byLikelihood, documentOf, HEAD_BYTES, isCandidate, isSearched } from "./find-documents.js";
import { packageManagerOf } from "./package-manager.js";
import { readCompilerSettings } from "./compiler-settings.js";
import type { FoundDocument, PackageFile, Project } from "./project.js";

/** What looking around may cost. */
const MOST = { depth: 8, folders: 2000, candidates: 2000, parents: 8, bytes: 1_000_000 };

/** Looks around in a folder. Nothing is run, no symbolic link is followed, and what cannot be read is not there. */
export async function lookAround(folder: string): Promise<Project> {
  const names = await namesIn(folder);
  const packageText = await textOf(folder, "package.json", names);
  const manifest = packageText === undefined ? undefined : parsed(packageText);
  const packageFile = packageText === undefined ? undefined : packageFileOf(packageText, manifest);
  const isModule = packageFile?.isModule === true;
  const { documents, isCutShort } = await findDocuments(folder);
  return {
    folder,
    documents: byLikelihood(documents),
    isCutShort,
    packageManager: packageManagerOf(
      stringMember(manifest, "packageManager"),
      await namesAround(folder, names),
    ),
    packageFile,
    compiler: names.includes("tsconfig.json")
      ? readCompilerSettings(path.join(folder, "tsconfig.json"), isModule)
      : undefined,
    typescript: await installedVersion(folder, "typescript"),
    hasViteConfig: names.some((name) => /^vite\.config\.[cm]?[jt]s$/.test(name)),
    hasSources: await isFolder(path.join(folder, "src")),
    configuration: await textOf(folder, "driftline.yaml", names),
  };
}

function packageFileOf(text: string, manifest: JsonValue | undefined): PackageFile {
  const texts = (key: string): readonly (readonly [string, string])[] =>
    Object.entries(objectMember(manifest, key) ?? {}).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value] as const] : [],
    );
  return {
    text,
    isModule: stringMember(manifest, "type") === "module",
    scripts: new Map(texts("scripts")),
    dependencies: new Set(
      ["dependencies", "devDependencies", "peerDependencies"].flatMap((key) =>
        texts(key).map(([name]) => name),
      ),
    ),
  };
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

async function installedVersion(folder: string, name: string): Promise<string | undefined> {
  const text = await textOf(folder, `node_modules/${name}/package.json`);
  return stringMember(text === undefined ? undefined : parsed(text), "version");
}

/* ---------------------------------------------------------------- documents */

interface Search {
  readonly documents: readonly FoundDocument[];
  readonly isCutShort: boolean;
}

/** Breadth first, so that what is near is found however much there is. */
async function findDocuments(root: string): Promise<Search> {
  const documents: FoundDocument[] = [];
  const queue = [""];
  let candidates = 0;
  for (let index = 0; index < queue.length; index += 1) {
    if (index === MOST.folders) return { documents, isCutShort: true };
    const below = queue[index] ?? "";
    for (const entry of await entriesOf(path.join(root, below))) {
      const name = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory() && isSearched(entry.name) && name.split("/").length <= MOST.depth)
        queue.push(name);
      if (!entry.isFile() || !isCandidate(entry.name)) continue;
      candidates += 1;
      if (candidates > MOST.candidates) return { documents, isCutShort: true };
      const found = documentOf(name, await headOf(path.join(root, name)));
      if (found !== undefined) documents.push(found);
    }
  }
  return { documents, isCutShort: false };
}

async function headOf(file: string): Promise<string> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.toString("utf8", 0, bytesRead).replace(/^\uFEFF/, "");
    } finally {
      await handle.close();
    }
  } catch {
    return "";
  }
}

/* ------------------------------------------------------------------- files */

/** The names in the folder, and in those around it up to the one of the repository: a workspace has its lock there. */
async function namesAround(
  folder: string,
  names: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const all = [names];
  for (let at = folder; all.length < MOST.parents; at = path.dirname(at)) {
    if (path.dirname(at) === at || all.at(-1)?.includes(".git") === true) break;
    all.push(await namesIn(path.dirname(at)));
  }
  return all;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await entriesOf(folder)).map(({ name }) => name);
}

async function entriesOf(folder: string) {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch {
    return [];
  }
}

async function textOf(
  folder: string,
  name: string,
  names: readonly string[] = [name],
): Promise<string | undefined> {
  if (!names.includes(name)) return undefined;
  try {
    const file = path.join(folder, name);
    const { size } = await lstat(file);
    return size > MOST.bytes ? undefined : await readFile(file, "utf8");
  } catch {
    return undefined;
  }
}

async function isFolder(file: string): Promise<boolean> {
  return lstat(file).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}
