import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import packageJson from "../../package.json" with { type: "json" };
import { compareText } from "../document/json.js";
import { textHash } from "../document/hashes.js";

/** The version of driftline. */
export const VERSION: string = packageJson.version;

/** What decides the output beside the document and the options: these folders of the package, and its dependencies. */
const FOLDERS = ["generator", "templates"];

/**
 * SHA-256 over the generator: the relative path and text of each of its files, and the versions of the packages it
 * uses. The same wherever it is installed, and however line ends were checked out.
 */
export async function generatorHash(root: string = packageRoot()): Promise<string> {
  const files = (await Promise.all(FOLDERS.map((folder) => filesBelow(root, folder))))
    .flat()
    .sort(compareText);
  const hashes = await Promise.all(
    files.map(async (file) => `${file} ${textHash(await readText(path.join(root, file)))}`),
  );
  return textHash([JSON.stringify(packageJson.dependencies), ...hashes].join("\n"));
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
