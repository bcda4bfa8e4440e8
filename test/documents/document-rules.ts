import type { Node, SpecFiles } from "../support/spec-files.js";
import { isNode } from "./schemas.js";
import { operationsOf } from "./spec-operations.js";
import { newWords } from "./words.js";

/** A rule over a whole document: gives what is wrong, in words. */
export type DocumentRule = (spec: SpecFiles) => readonly string[];

/** The rules that each of our documents keeps, by name. */
export const DOCUMENT_RULES: Readonly<Record<string, DocumentRule>> = {
  "has every operationId once": (spec) =>
    doubles(operationsOf(spec).map(({ node }) => String(node["operationId"]))),
  "has every component name once in all its files": (spec) =>
    doubles(componentsOf(spec).map(({ kind, name }) => `${kind} ${name}`)),
  "uses every component": (spec) => {
    const used = new Set([...spec.files].flatMap(([, file]) => referencesIn(file)));
    return componentsOf(spec)
      .filter(({ kind, reference }) => kind !== "securitySchemes" && !used.has(reference))
      .map(({ area, kind, name }) => `${area} ${kind} ${name}`);
  },
  "has references that lead somewhere": (spec) =>
    [...spec.files]
      .flatMap(([, file]) => referencesIn(file))
      .filter((reference) => !leadsSomewhere(spec, reference)),
  "names every path of its files in the root": (spec) => {
    const named = new Set(referencesIn(spec.root["paths"]).map((found) => decodeURI(found)));
    return [...spec.files].slice(1).flatMap(([address, file]) =>
      Object.keys((file["paths"] ?? {}) as Node)
        .map((path) => `${address}#/paths/${path.replaceAll("~", "~0").replaceAll("/", "~1")}`)
        .filter((reference) => !named.has(reference)),
    );
  },
  "declares tags that are used, each with a description": (spec) => {
    const used = new Set(operationsOf(spec).flatMap(({ node }) => node["tags"] as string[]));
    return (spec.root["tags"] as readonly Node[])
      .filter(
        ({ name, description }) =>
          !used.has(String(name)) || newWords(String(description), String(name)) < 2,
      )
      .map(({ name }) => String(name));
  },
};

interface Component {
  readonly area: string;
  readonly kind: string;
  readonly name: string;
  /** Absolute, as references are. */
  readonly reference: string;
}

export function componentsOf(spec: SpecFiles): readonly Component[] {
  return [...spec.files].flatMap(([address, file]) =>
    Object.entries((file["components"] ?? {}) as Readonly<Record<string, Node>>).flatMap(
      ([kind, components]) =>
        Object.keys(components).map((name) => ({
          area: address.replace(/^.*\/(.+)\.yaml$/, "$1"),
          kind,
          name,
          reference: `${address}#/components/${kind}/${name}`,
        })),
    ),
  );
}

function referencesIn(node: unknown, parent?: string): readonly string[] {
  if (Array.isArray(node)) return node.flatMap((item) => referencesIn(item));
  if (!isNode(node)) return [];
  return Object.entries(node).flatMap(([key, member]) =>
    typeof member === "string" && (key === "$ref" || parent === "mapping")
      ? [member]
      : referencesIn(member, key),
  );
}

function leadsSomewhere(spec: SpecFiles, reference: string): boolean {
  try {
    return spec.target(reference) !== undefined;
  } catch {
    return false;
  }
}

function doubles(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
