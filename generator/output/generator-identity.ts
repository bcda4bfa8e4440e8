import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import packageJson from "../../package.json" with { type: "json" };
import { compareText } from "../document/json.js";
import { textHash } from "../document/hashes.js";
import { DECIDING_PACKAGES } from "./deciding-packages.js";

/** The version of driftline. */
export const VERSION: string = packageJson.version;

/** What decides the output beside the document and the options: these folders, and the packages. */
const FOLDERS = ["generator", "templates"];

/**
 * SHA-256 over the generator: the relative path and text of each of its files, and the versions of the packages that
 * have a part in the output. The same wherever it lies, and however line ends were checked out. The published package,
 * which has no sources, tells the one that the build has found.
 */
export async function generatorHash(root: string = packageRoot()): Promise<string> {
  const files = (await Promise.all(FOLDERS.map((folder) => filesBelow(root, folder))))
    .flat()
    .sort(compareText);
  const hashes = await Promise.all(
    files.map(async (file) => `${file} ${textHash(await readText(path.join(root, file)))}`),
  );
  return textHash([JSON.stringify(versions()), ...hashes].join("\n"));
}

function versions(): readonly (readonly [name: string, version: string | undefined])[] {
  const known: Readonly<Record<string, string>> = {
    ...packageJson.devDependencies,
    ...packageJson.dependencies,
  };
  return DECIDING_PACKAGES.map((name) => [name, known[name]]);
}

function packageRoot(): string {
  return fileURLToPath(new URL("../../", import.meta.url));
}

async function filesBelow(root: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) =>
      path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"),
    );
}

async function readText(file: string): Promise<string> {
  return (await readFile(file, "utf8")).replaceAll("\r\n", "\n");
}
