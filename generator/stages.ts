import { hasErrors, type Diagnostic, type Outcome } from "./diagnostics/diagnostic.js";
import type { ExtensionNames } from "./document/extension-names.js";
import type { Int64Policy } from "./document/int64-policy.js";
import type { Source } from "./document/source.js";
import { upgradeDocument } from "./document/upgrade/upgrade.js";
import type { ApiModel } from "./model/api-model.js";
import { modelApi } from "./model/model.js";
import type { Helper } from "./names/helper.js";
import { nameApi } from "./names/name.js";
import type { NamedApi } from "./names/named-api.js";
import { resolveApi } from "./resolve/resolve.js";
import type { ResolvedApi } from "./resolve/resolved-api.js";
import { typeApi, type TypeTable } from "./types/types.js";

/** What every stage made of a document, up to the one that found an error. */
export interface Stages {
  readonly resolved: ResolvedApi | undefined;
  readonly named: NamedApi | undefined;
  readonly types: TypeTable | undefined;
  readonly model: ApiModel | undefined;
  /** Their places are those of the document as it was written. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What decides the model of a service besides its document. */
export interface StageOptions {
  /** Name of the client class. Default: made of the document's title. */
  readonly name?: string;
  readonly extensions?: ExtensionNames;
  /** What a 64-bit integer is. Default: a number. */
  readonly int64?: Int64Policy;
  /** Files that are part of the client beside what is generated. Default: none. */
  readonly helpers?: readonly Helper[];
}

/** The line without its end: what `inspect` shows. */
export function runStages(source: Source, options: StageOptions): Stages {
  const upgraded = upgradeDocument(source.document, options.extensions);
  const resolved = then(upgraded, (found) => resolveApi(found, options.extensions));
  const named = then(resolved, (api) => nameApi(api, options.name, options.helpers));
  const types = then(named, (api) => typeApi(api, options.int64));
  const model = then(types, modelApi);
  const outcomes: readonly Outcome<unknown>[] = [resolved, named, types, model];
  const findings = outcomes.flatMap(({ diagnostics }) => diagnostics);
  return {
    resolved: resolved.value,
    named: named.value,
    types: types.value,
    model: model.value,
    diagnostics: [...upgraded.diagnostics, ...(upgraded.value?.asWritten(findings) ?? findings)],
  };
}

function then<A, B>(before: Outcome<A>, stage: (value: A) => Outcome<B>): Outcome<B> {
  if (before.value === undefined || hasErrors(before.diagnostics))
    return { value: undefined, diagnostics: [] };
  return stage(before.value);
}
