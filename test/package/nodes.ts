import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { installed } from "./programs.js";

/** A version of Node.js that is supported. */
export interface NodeVersion {
  readonly name: string;
  /** The folder that has it under the name `node`. */
  readonly folder: string;
}

/** The supported versions: the oldest release of all, and one of each line; linked into a folder. */
export function nodeVersions(folder: string): readonly NodeVersion[] {
  return ["20", "22", "24"].map((major) => {
    const place = path.join(folder, `node-${major}`);
    mkdirSync(place, { recursive: true });
    symlinkSync(
      installed(`node${major}-linux-x64/bin/node`, `node${major}-linux-arm64/bin/node`),
      path.join(place, "node"),
    );
    return { name: `Node.js ${major}`, folder: place };
  });
}
