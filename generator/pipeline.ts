import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { ServiceOptions, Stage } from "./commands/pipeline-port.js";
import { hasErrors, type Diagnostic, type Outcome } from "./diagnostics/diagnostic.js";
import type { Source } from "./document/source.js";
import { emitApi } from "./emit/emit.js";
import { inspectStages } from "./inspect.js";
import type { ApiModel } from "./model/api-model.js";
import { modelApi } from "./model/model.js";
import { nameApi } from "./names/name.js";
import type { NamedApi } from "./names/named-api.js";
import { formatFiles } from "./output/format.js";
import type { GeneratedFile } from "./output/generated-file.js";
import { resolveApi } from "./resolve/resolve.js";
import type { ResolvedApi } from "./resolve/resolved-api.js";
import { typeApi, type TypeTable } from "./types/types.js";

/** What every stage made of a document, up to the one that found an error. */
export interface Stages {
  readonly resolved: ResolvedApi | undefined;
  readonly named: NamedApi | undefined;
  readonly types: TypeTable | undefined;
  readonly model: ApiModel | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The line: source -> resolve -> name -> types -> model -> emit -> format. Each stage sees only what the one before
 * it gave back; one with errors ends the line.
 */
export async function generateService(
  source: Source,
  options: ServiceOptions,
  format: typeof formatFiles = formatFiles,
): Promise<Outcome<readonly GeneratedFile[]>> {
  const { model, diagnostics } = runStages(source, options);
  if (model === undefined) return { value: undefined, diagnostics };
  return { value: await format(emitApi(model, options.runtime)), diagnostics };
}

/** The line without its end: what `inspect` shows. */
export function runStages(source: Source, options: Pick<ServiceOptions, "name">): Stages {
  const resolved = resolveApi(source);
  const named = then(resolved, (api) => nameApi(api, options.name));
  const types = then(named, typeApi);
  const model = then(types, modelApi);
  const outcomes: readonly Outcome<unknown>[] = [resolved, named, types, model];
  return {
    resolved: resolved.value,
    named: named.value,
    types: types.value,
    model: model.value,
    diagnostics: outcomes.flatMap(({ diagnostics }) => diagnostics),
  };
}

function then<A, B>(before: Outcome<A>, stage: (value: A) => Outcome<B>): Outcome<B> {
  if (before.value === undefined || hasErrors(before.diagnostics))
    return { value: undefined, diagnostics: [] };
  return stage(before.value);
}

const RUNTIME = fileURLToPath(new URL("../templates/runtime/", import.meta.url));

/** The files of the runtime, unchanged, with paths relative to the runtime's folder. */
export async function runtimeFiles(): Promise<readonly GeneratedFile[]> {
  const names = (await readdir(RUNTIME)).filter((name) => name.endsWith(".ts")).sort();
  return Promise.all(
    names.map(async (name) => ({
      path: name,
      text: await readFile(path.join(RUNTIME, name), "utf8"),
    })),
  );
}

/** What a stage made of one operation. */
export async function inspectOperation(
  source: Source,
  options: ServiceOptions,
  operation: string,
  stage: Stage,
): Promise<Outcome<unknown>> {
  return inspectStages(source, runStages(source, options), options, operation, stage);
}
