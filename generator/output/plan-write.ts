import path from "node:path";
import { diagnostic } from "../diagnostics/codes.js";
import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.js";
import { compareText } from "../document/json.js";
import { displayPath } from "../document/read-file.js";
import type { EntryKind, FileSystem } from "./file-system.js";
import { textHash } from "../document/hashes.js";
import { MANIFEST_FILE, manifestText, type Manifest } from "./manifest.js";
import { below, foldersOf } from "./paths.js";
import type { Journal, Step } from "./stage.js";

/** What has to happen to one output folder. */
export interface WritePlan {
  readonly folder: string;
  readonly journal: Journal;
  /** Texts of the files that have to be written. */
  readonly texts: ReadonlyMap<string, string>;
  readonly unchanged: number;
  readonly findings: readonly Diagnostic[];
}

interface Wanted {
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
  /** What the manifest of the previous run lists. */
  readonly recorded: ReadonlyMap<string, string>;
}

type Change = Step | Diagnostic | "unchanged";

/** Compares an output folder with what it is to hold, and says what to do or why it cannot be done. Changes nothing. */
export async function planWrite(
  folder: string,
  files: ReadonlyMap<string, string>,
  manifests: { readonly previous: Manifest | undefined; readonly next: Manifest },
  system: FileSystem,
): Promise<WritePlan> {
  const wanted: Wanted = { folder, files, recorded: manifests.previous?.files ?? new Map() };
  const { blocked, newFolders } = await planFolders(wanted, system);
  const paths = [...files.keys()].sort(compareText);
  const writes = await Promise.all(paths.map((file) => planFile(file, wanted, system)));
  const removals = await Promise.all(
    stalePaths(wanted).map((file) => planRemoval(file, wanted, system)),
  );
  const manifest = await planManifest(folder, manifestText(manifests.next), system);
  const changes = [...blocked, ...writes, ...removals.flat(), manifest.change];
  const steps = changes.filter((change) => typeof change === "object" && "action" in change);
  const texts = new Map([...files, [MANIFEST_FILE, manifest.text] as const]);
  return {
    folder,
    journal: { steps, newFolders },
    texts: new Map(
      steps
        .filter((step) => step.action === "write")
        .map((step) => [step.path, texts.get(step.path) ?? ""]),
    ),
    unchanged: writes.filter((change) => change === "unchanged").length,
    findings: changes.filter((change) => typeof change === "object" && "code" in change),
  };
}

async function planFolders(
  { folder, files }: Wanted,
  system: FileSystem,
): Promise<{ readonly blocked: readonly Diagnostic[]; readonly newFolders: readonly string[] }> {
  const subfolders = foldersOf([...files.keys()]);
  const kinds = await Promise.all(
    subfolders.map((subfolder) => system.kindOf(below(folder, subfolder))),
  );
  const kindOf = (subfolder: string): EntryKind =>
    kinds[subfolders.indexOf(subfolder)] ?? "nothing";
  const bad = subfolders.filter((subfolder) => !["folder", "nothing"].includes(kindOf(subfolder)));
  return {
    blocked: bad.map((subfolder) => blockedBy(kindOf(subfolder), below(folder, subfolder))),
    newFolders: subfolders.filter((subfolder) => kindOf(subfolder) === "nothing"),
  };
}

async function planFile(
  file: string,
  { folder, files, recorded }: Wanted,
  system: FileSystem,
): Promise<Change> {
  const target = below(folder, file);
  const kind = await system.kindOf(target);
  if (kind === "nothing") return { path: file, action: "write", replaces: false };
  if (kind !== "file") return blockedBy(kind, target);
  if ((await system.read(target)) === files.get(file)) return "unchanged";
  return recorded.has(file)
    ? { path: file, action: "write", replaces: true }
    : blockedBy(kind, target);
}

async function planRemoval(
  file: string,
  { folder, recorded }: Wanted,
  system: FileSystem,
): Promise<readonly Change[]> {
  const target = below(folder, file);
  if (!(await isOnFolders(folder, file, system))) return [];
  const kind = await system.kindOf(target);
  if (kind === "nothing") return [];
  const isAsWritten = kind === "file" && textHash(await system.read(target)) === recorded.get(file);
  return [isAsWritten ? { path: file, action: "remove", replaces: true } : keptFile(target)];
}

/** Tells whether everything between an output folder and a file in it is a real folder, not a symbolic link. */
async function isOnFolders(folder: string, file: string, system: FileSystem): Promise<boolean> {
  const kinds = await Promise.all(
    foldersOf([file]).map((subfolder) => system.kindOf(below(folder, subfolder))),
  );
  return kinds.every((kind) => kind === "folder");
}

async function planManifest(
  folder: string,
  text: string,
  system: FileSystem,
): Promise<{ readonly change: Change; readonly text: string }> {
  const target = path.join(folder, MANIFEST_FILE);
  const kind = await system.kindOf(target);
  if (kind !== "file" && kind !== "nothing") return { change: blockedBy(kind, target), text };
  const isSame = kind === "file" && (await system.read(target)) === text;
  return {
    change: isSame
      ? "unchanged"
      : { path: MANIFEST_FILE, action: "write", replaces: kind === "file" },
    text,
  };
}

function stalePaths({ files, recorded }: Wanted): readonly string[] {
  return [...recorded.keys()].filter((file) => !files.has(file)).sort(compareText);
}

/** The finding for something that stands where a generated file or folder belongs. */
export function blockedBy(kind: EntryKind, target: string): Diagnostic {
  const place = { path: displayPath(target) };
  if (kind === "link") {
    return diagnostic("unsafe-path", {
      message: "This is a symbolic link, and driftline does not write through links.",
      hint: "Replace the link by a real file or folder, or choose another output.",
      place,
    });
  }
  const what = kind === "file" ? "a file" : kind === "folder" ? "a folder" : "something";
  return diagnostic("would-overwrite", {
    message: `Here stands ${what} that driftline did not write.`,
    hint: "Move it away, or choose another output. Nothing was written.",
    place,
  });
}

function keptFile(target: string): Diagnostic {
  return diagnostic("kept-edited-file", {
    message: "This file is no longer generated, but was edited by hand and is therefore kept.",
    hint: "Move your changes elsewhere and delete the file.",
    place: { path: displayPath(target) },
  });
}

/** Tells whether a plan changes anything. */
export function changesAnything(plan: WritePlan): boolean {
  return plan.journal.steps.length > 0 && !hasErrors(plan.findings);
}
