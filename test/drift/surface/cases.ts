import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { OperationPair } from "../../../generator/drift/change.js";
import type { DocumentSide } from "../../../generator/drift/document-side.js";
import { positionKey, valuePathText } from "../../../generator/drift/position.js";
import { compareSurfaces } from "../../../generator/drift/surface/compare-surfaces.js";
import type { SurfaceChange } from "../../../generator/drift/surface-change.js";
import type { ExtensionNames } from "../../../generator/document/extension-names.js";
import type { JsonObject } from "../../../generator/document/source.js";
import type { Operation } from "../../../generator/resolve/resolved-api.js";
import { runStages } from "../../../generator/stages.js";
import { runtimeFiles } from "../../../generator/templates.js";
import { documentOf, sourceOf } from "../../support/generate.js";
import { repository } from "../../support/repository.js";

/*
 * A case is a file: two documents, of which what OpenAPI asks for and both share is left out, and next to it what is
 * found. `UPDATE_GOLDEN=1` writes that.
 */

export interface SurfaceCase {
  readonly name: string;
  /** What the parts of both documents are, and then those of each. */
  readonly both?: JsonObject;
  readonly old: JsonObject;
  readonly new: JsonObject;
  readonly extensions?: ExtensionNames;
}

const FOLDER = repository("test/drift/surface/cases");

export const SURFACE_CASES: readonly SurfaceCase[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => ({
    name: path.basename(file, ".yaml"),
    ...(parse(readFileSync(path.join(FOLDER, file), "utf8")) as Omit<SurfaceCase, "name">),
  }));

export function expectedFile({ name }: SurfaceCase): string {
  return path.join(FOLDER, `${name}.txt`);
}

export function expectedChanges(found: SurfaceCase): string {
  const file = expectedFile(found);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** The side of a document that has a client. */
export function sideOf(document: JsonObject, extensions?: ExtensionNames): DocumentSide {
  const source = sourceOf(document);
  const stages = runStages(source, extensions === undefined ? {} : { extensions });
  const { resolved, named, types, model, diagnostics } = stages;
  if (resolved === undefined || named === undefined || types === undefined || model === undefined)
    throw new Error(JSON.stringify(diagnostics, null, 2));
  return { source, api: resolved, surface: { named, types, model }, written: (pointer) => pointer };
}

/** Operations of the same method and path, whatever its parameters are called. */
export function pairsOf(old: DocumentSide, changed: DocumentSide): readonly OperationPair[] {
  const [before, after] = [old, changed].map(
    ({ api }) => new Map(api.operations.map((operation) => [identityOf(operation), operation])),
  );
  return [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].map((identity) => ({
    old: before?.get(identity),
    new: after?.get(identity),
    origin: "paths",
  }));
}

function identityOf({ method, path: template }: Operation): string {
  return `${method} ${template.replaceAll(/\{[^{}]*\}/g, "{}")}`;
}

/** What is found between two documents. */
export async function changesBetween(
  old: JsonObject,
  changed: JsonObject,
  extensions?: ExtensionNames,
): Promise<readonly SurfaceChange[]> {
  const [before, after] = [sideOf(old, extensions), sideOf(changed, extensions)];
  return compareSurfaces(before, after, pairsOf(before, after), await runtimeFiles());
}

/** What is found in a case. */
export function changesIn({
  both,
  old,
  new: changed,
  extensions,
}: SurfaceCase): Promise<readonly SurfaceChange[]> {
  return changesBetween(
    documentOf({ ...both, ...old }),
    documentOf({ ...both, ...changed }),
    extensions,
  );
}

/** A change as a block of lines that a reader can check. */
export function changeText({
  rule,
  source,
  pair,
  position,
  path: way,
  message,
  old,
  new: changed,
}: SurfaceChange): string {
  const operation = pair?.old ?? pair?.new;
  const where = [
    operation === undefined ? "the client" : `${operation.method} ${operation.path}`,
    ...(position.kind === "operation" ? [] : [positionKey(position)]),
    ...(way.length === 0 ? [] : [valuePathText(way)]),
  ];
  return [
    `${source} ${rule}`,
    `  ${where.join(" ")}`,
    `  ${message}`,
    `  ${old?.pointer ?? "-"} => ${changed?.pointer ?? "-"}`,
  ].join("\n");
}
