import { lstatSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./places.js";

/** What installing a package brings: with everything that it depends on itself. */
export interface InstalledSize {
  /** Folders below `node_modules`, from the root of this repository. */
  readonly folders: ReadonlySet<string>;
  readonly bytes: number;
}

/** What the packages with these names cost together, at the versions of `package-lock.json`. */
export function installedSize(names: readonly string[]): InstalledSize {
  const { packages } = JSON.parse(
    readFileSync(path.join(ROOT, "package-lock.json"), "utf8"),
  ) as Lock;
  const folders = new Set<string>();
  const visit = (name: string, from: string): void => {
    const folder = nearest(name, from, packages);
    if (folder === undefined || folders.has(folder)) return;
    folders.add(folder);
    const {
      dependencies = {},
      peerDependencies = {},
      peerDependenciesMeta = {},
    } = packages[folder] ?? {};
    const peers = Object.keys(peerDependencies).filter(
      (peer) => peerDependenciesMeta[peer]?.optional !== true,
    );
    for (const needed of [...Object.keys(dependencies), ...peers]) visit(needed, folder);
  };
  for (const name of names) visit(name, "");
  const bytes = [...folders].map((folder) => bytesIn(path.join(ROOT, folder)));
  return { folders, bytes: bytes.reduce((sum, count) => sum + count, 0) };
}

interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage | undefined>>;
}

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** The folder that `require` would find from another one. */
function nearest(name: string, from: string, packages: Lock["packages"]): string | undefined {
  const folder = path.posix.join(from, "node_modules", name);
  if (packages[folder] !== undefined) return folder;
  return from === ""
    ? undefined
    : nearest(name, from.replace(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/, ""), packages);
}

/** The bytes of all files of a folder, without packages that are installed in it. */
export function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .map((entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return bytesIn(file);
      return entry.isFile() ? lstatSync(file).size : 0;
    })
    .reduce((sum, count) => sum + count, 0);
}
