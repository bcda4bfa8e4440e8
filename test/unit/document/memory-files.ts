import path from "node:path";
import type { FileReader } from "../../../generator/document/file-reader.js";
import { loadSource, type LoadOptions } from "../../../generator/document/load.js";
import type { Outcome } from "../../../generator/diagnostics/diagnostic.js";
import type { Source } from "../../../generator/document/source.js";

/** A folder that exists only here. */
export const FOLDER = path.resolve("/memory/api");

/** Loads `api.yaml` from files that exist only in memory; `links` are symbolic links by absolute path. */
export function loadFrom(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Omit<LoadOptions, "reader"> & {
    readonly links?: Readonly<Record<string, string>>;
    readonly file?: string;
  } = {},
): Promise<Outcome<Source>> {
  const { links = {}, file = "api.yaml", ...rest } = options;
  return loadSource(path.join(FOLDER, file), { ...rest, reader: memoryReader(files, links) });
}

/** The codes of what was found. */
export async function codesOf(loaded: Promise<Outcome<unknown>>): Promise<readonly string[]> {
  return (await loaded).diagnostics.map(({ code }) => code);
}

function memoryReader(
  files: Readonly<Record<string, string | Uint8Array>>,
  links: Readonly<Record<string, string>>,
): FileReader {
  const contents = new Map(
    Object.entries(files).map(([name, text]) => [path.join(FOLDER, name), text]),
  );
  const real = (file: string): string => links[file] ?? file;
  return {
    readBytes: (file) => {
      const found = contents.get(real(file));
      return found === undefined ? Promise.reject(missing()) : Promise.resolve(bytesOf(found));
    },
    realPath: (file) => {
      const isThere =
        contents.has(real(file)) ||
        file === FOLDER ||
        file === path.dirname(FOLDER) ||
        file in links;
      return isThere ? Promise.resolve(real(file)) : Promise.reject(missing());
    },
  };
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

function missing(): Error {
  return Object.assign(new Error("no such file"), { code: "ENOENT" });
}
