import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { repository } from "./repository.js";

/*
 * The documents of the services as they stand in `specs/`, read by means that share nothing with the generator.
 */

export type Node = Readonly<Record<string, unknown>>;

export interface SpecFiles {
  readonly root: Node;
  /** Every file of the document by its address, the root first. */
  readonly files: ReadonlyMap<string, Node>;
  /** What a reference of {@link files} leads to. Throws when there is nothing. */
  readonly target: (reference: string) => unknown;
  /** The value itself, or what its `$ref` leads to in the end. */
  readonly follow: (node: unknown) => unknown;
}

/** Where the documents stand as far as references go; nothing is fetched. */
const BASE = "https://documents.test/";

/**
 * Reads the document of a service. Every reference in it becomes absolute.
 *
 * @param folder holds `<service>.yaml` and the folder `<service>`
 */
export function readSpecFiles(service: string, folder = repository("specs")): SpecFiles {
  const parts = readdirSync(`${folder}/${service}`).sort();
  const names = [`${service}.yaml`, ...parts.map((part) => `${service}/${part}`)];
  return specFilesOf(
    new Map(names.map((name) => [name, parse(readFileSync(`${folder}/${name}`, "utf8")) as Node])),
  );
}

/** A document of files that are parsed already, the root first, by their paths. */
export function specFilesOf(parsed: ReadonlyMap<string, Node>): SpecFiles {
  const files = new Map(
    [...parsed].map(([name, value]) => [BASE + name, absolute(value, BASE + name) as Node]),
  );
  const target = (reference: string): unknown => {
    const [address = "", pointer = ""] = reference.split("#");
    const tokens = decodeURIComponent(pointer).split("/").slice(1);
    const found = tokens
      .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce<unknown>((node, name) => (node as Node | undefined)?.[name], files.get(address));
    if (found === undefined) throw new Error(`${reference} leads nowhere`);
    return found;
  };
  const follow = (node: unknown): unknown => {
    const reference = (node as { $ref?: string } | undefined)?.$ref;
    return reference === undefined ? node : follow(target(reference));
  };
  const [root = {}] = files.values();
  return { root, files, target, follow };
}

function absolute(value: unknown, address: string, parent?: string): unknown {
  if (Array.isArray(value)) return value.map((item) => absolute(item, address));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]: [string, unknown]) => [
      key,
      typeof member === "string" && (key === "$ref" || parent === "mapping")
        ? new URL(member, address).href
        : absolute(member, address, key),
    ]),
  );
}
