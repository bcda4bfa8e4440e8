import { execFileSync } from "node:child_process";
import path from "node:path";
import { repository } from "../support/repository.js";

/** A packed package. */
export interface Packed {
  readonly tarball: string;
  /** What is in it, relative to its root. */
  readonly files: readonly string[];
  /** Of the tarball, and of what it becomes, in bytes. */
  readonly size: number;
  readonly unpackedSize: number;
}

/** Builds the package and packs it into a folder, as publishing does. */
export function pack(folder: string): Packed {
  const options = ["--json", "--silent", "--pack-destination", folder];
  const text = execFileSync("npm", ["pack", ...options], {
    cwd: repository(""),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [packed] = JSON.parse(text) as readonly [NpmPacked];
  const files = packed.files.map((file) => file.path);
  return { ...packed, files, tarball: path.join(folder, packed.filename) };
}

interface NpmPacked {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}
