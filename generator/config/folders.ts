import path from "node:path";
import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { pointerTo } from "../document/pointer.js";
import type { Configuration } from "./configuration.js";
import type { MergedConfiguration } from "./merge.js";

/** A folder that driftline writes, and the key that says where it is. */
interface OutputFolder {
  readonly folder: string;
  readonly pointer: string;
}

/** Folders that lie in each other: what is written to one could belong to the other. */
export function folderFindings(
  configuration: Configuration,
  { place }: Pick<MergedConfiguration, "place">,
): readonly Diagnostic[] {
  const folders = outputFolders(configuration);
  return folders.flatMap(({ folder, pointer }, index) => {
    const other = folders.slice(0, index).find((before) => overlap(folder, before.folder));
    if (other === undefined) return [];
    const shown = path.relative(configuration.folder, other.folder).replaceAll(path.sep, "/");
    return [
      diagnostic("invalid-value", {
        message: `This client would be written where ${quoted(shown)} is, or inside of it, or around it.`,
        hint: "Give each client a folder of its own with the key output.",
        place: place(pointer, "value"),
      }),
    ];
  });
}

/** The folders that are chosen come last, since a finding is about one of them. */
function outputFolders({ output, services }: Configuration): readonly OutputFolder[] {
  const runtime = services.some(({ runtime: where }) => where === "shared")
    ? [{ folder: path.join(output, "runtime"), pointer: pointerTo("output") }]
    : [];
  const clients = services.map(({ service, folder }) => ({
    folder,
    isUsual: folder === path.join(output, service),
    pointer: pointerTo("services", service, "output"),
  }));
  return [
    ...runtime,
    ...clients.filter(({ isUsual }) => isUsual),
    ...clients.filter(({ isUsual }) => !isUsual),
  ];
}

/** Some file systems do not tell letters by their case. */
function overlap(left: string, right: string): boolean {
  const [one, two] = [left, right].map((folder) => `${folder.toLowerCase()}${path.sep}`);
  return one !== undefined && two !== undefined && (one.startsWith(two) || two.startsWith(one));
}
