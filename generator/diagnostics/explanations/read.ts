import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { member, objectMember, sortedEntries, stringMember } from "../../document/json.js";
import { LIMITS } from "../../document/limits.js";
import { parseText } from "../../document/parse.js";
import type { JsonValue } from "../../document/source.js";
import type { Example, Explanation } from "./explanation.js";

/** The files beside this one that hold explanations, in the order of the page that is made of them. */
export const EXPLANATION_FILES = [
  "files",
  "references",
  "shapes",
  "operations",
  "schemas",
  "versions",
  "overlays",
  "configuration",
  "output",
  "lock",
] as const;

/** All explanations by code, in the order of their files. Only who explains something reads them. */
export async function readExplanations(): Promise<ReadonlyMap<string, Explanation>> {
  const files = await Promise.all(EXPLANATION_FILES.map(readExplanationFile));
  return new Map(files.flat());
}

/** The explanations of one file by code, in its order. */
export async function readExplanationFile(
  name: (typeof EXPLANATION_FILES)[number],
): Promise<readonly (readonly [code: string, explanation: Explanation])[]> {
  const path = fileURLToPath(new URL(`${name}.yaml`, import.meta.url));
  const text = (await readFile(path, "utf8")).replaceAll("\r\n", "\n");
  const { value, diagnostics } = parseText({ path, text }, LIMITS);
  if (value === undefined || diagnostics.length > 0)
    throw new Error(`${name}.yaml: ${diagnostics[0]?.message ?? "empty"}`);
  return Object.entries(value ?? {}).map(([code, entry]) => [
    code,
    explanationOf(entry as JsonValue),
  ]);
}

function explanationOf(entry: JsonValue): Explanation {
  const example = exampleOf(entry);
  return {
    why: stringMember(entry, "why") ?? "",
    then: stringMember(entry, "then") ?? "",
    mend: stringMember(entry, "mend") ?? "",
    ...(example === undefined ? {} : { example }),
  };
}

const KINDS: readonly Example["of"][] = [
  "document",
  "configuration",
  "overlay",
  "lock",
  "command line",
];

function exampleOf(entry: JsonValue): Example | undefined {
  const wrong = stringMember(entry, "wrong");
  const right = stringMember(entry, "right");
  if (wrong === undefined || right === undefined) return undefined;
  const kind = KINDS.find((known) => known === stringMember(entry, "of"));
  const files = sortedEntries(objectMember(entry, "files")).flatMap(([name, text]) =>
    typeof text === "string" ? [[name, text] as const] : [],
  );
  return {
    of: kind ?? "document",
    wrong,
    right,
    file: stringMember(entry, "file") ?? "document.yaml",
    files: Object.fromEntries(files),
    extensions: { ...(member(entry, "extensions") as Example["extensions"] | undefined) },
  };
}
