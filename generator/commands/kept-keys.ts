import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { textHash } from "../document/hashes.js";
import { isObject, member, stringMember } from "../document/json.js";
import type { JsonValue } from "../document/source.js";
import { systemCode } from "../output/file-system.js";
import type { Keys, KnownFile, KnownFiles } from "../output/known-files.js";
import { readOutput } from "../output/read-output.js";
import { replaceFile } from "../output/replace-file.js";

/*
 * What the files of an output folder were made of, kept between runs so that a change of one operation makes anew only
 * what it changes. It is kept apart from the project, in a cache: nothing but time is lost with it.
 */

/**
 * The files of an output folder that stand there as the same generator wrote them, as far as it is kept what they were
 * made of.
 *
 * @param folder absolute path of the output folder
 * @param cache absolute path of the folder for copies
 */
export async function readKnownFiles(
  folder: string,
  cache: string,
  generator: string,
): Promise<KnownFiles> {
  const keys = await readKeys(recordOf(folder, cache), generator);
  if (keys === undefined) return new Map();
  const { value: present } = await readOutput(folder, []);
  if (present?.manifest?.generator !== generator) return new Map();
  const { manifest, files } = present;
  const known = [...manifest.files].flatMap(([file, hash]): readonly [string, KnownFile][] => {
    const text = files.get(file);
    const key = stringMember(keys, file);
    const isAsWritten = text !== undefined && textHash(text) === hash;
    return isAsWritten && key !== undefined ? [[file, { key, text }]] : [];
  });
  return new Map(known);
}

/** Keeps what the files of an output folder were made of. Where that fails, the next run makes everything. */
export async function keepKeys(
  folder: string,
  cache: string,
  generator: string,
  keys: Keys,
): Promise<void> {
  const record = recordOf(folder, cache);
  try {
    await mkdir(path.dirname(record), { recursive: true });
    await replaceFile(record, JSON.stringify({ generator, keys: Object.fromEntries(keys) }));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

function recordOf(folder: string, cache: string): string {
  return path.join(cache, "made", `${textHash(folder)}.json`);
}

/** `undefined` where nothing is kept, or what is kept is of another generator or was spoilt. */
async function readKeys(record: string, generator: string): Promise<JsonValue | undefined> {
  try {
    const value = JSON.parse(await readFile(record, "utf8")) as JsonValue;
    const keys = member(value, "keys");
    return stringMember(value, "generator") === generator && isObject(keys) ? keys : undefined;
  } catch (error) {
    if (systemCode(error) === undefined && !(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
