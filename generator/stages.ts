import { firstHand } from "./diagnostics/codes.js";
import { hasErrors, type Diagnostic, type Outcome } from "./diagnostics/diagnostic.js";
import type { ExtensionNames } from "./document/extension-names.js";
import type { Int64Policy } from "./document/int64-policy.js";
import type { JsonObject, Source } from "./document/source.js";
import type { DocumentSide, DocumentSurface } from "./drift/document-side.js";
import { upgradeDocument } from "./document/upgrade/upgrade.js";
import type { ApiModel } from "./model/api-model.js";
import { modelApi } from "./model/model.js";
import type { Helper } from "./names/helper.js";
import { nameApi } from "./names/name.js";
import type { NamedApi } from "./names/named-api.js";
import type { Pins } from "./names/pins.js";
import { resolveApi } from "./resolve/resolve.js";
import type { ResolvedApi } from "./resolve/resolved-api.js";
import { placeInWhole, selectOperations, type Selected } from "./select/select.js";
import type { Selection } from "./select/selection.js";
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
  /** Which operations are taken. Default: all. */
  readonly selection?: Selection;
  /** The document that this one is compared with, whose operations {@link selection} may name as well. Default: none. */
  readonly comparedWith?: JsonObject;
  /** Files that are part of the client beside what is generated. Default: none. */
  readonly helpers?: readonly Helper[];
  /** The names that an earlier run gave. Default: none. */
  readonly pins?: Pins;
}

/** The line without its end: what `inspect` shows. */
export function runStages(source: Source, options: StageOptions, observe?: Observe): Stages {
  observe?.("resolve");
  return continueStages(examineStages(source, options), options, observe);
}

/** Is told which stage begins. */
type Observe = (stage: "resolve" | "name" | "types" | "model") => void;

function continueStages(resolved: Examined, options: StageOptions, observe?: Observe): Stages {
  const named = then(resolved, (api) => {
    observe?.("name");
    return nameApi(api, options.name, options.helpers, options.pins);
  });
  const types = then(named, (api) => {
    observe?.("types");
    return typeApi(api, options.int64);
  });
  const model = then(types, (api) => {
    observe?.("model");
    return modelApi(api);
  });
  const later: readonly Outcome<unknown>[] = [named, types, model];
  return {
    resolved: resolved.value,
    named: named.value,
    types: types.value,
    model: model.value,
    diagnostics: [
      ...resolved.diagnostics,
      ...resolved.asWritten(later.flatMap(({ diagnostics }) => diagnostics)),
    ],
  };
}

/**
 * A document as one side of a comparison. A document that cannot be resolved gives none; one of which no client can be
 * made gives a side without a surface, and the errors.
 *
 * @param withSurface whether its client is compared too, which takes most of the time
 */
export function documentSide(
  source: Source,
  options: StageOptions,
  withSurface: boolean,
): Outcome<DocumentSide> {
  const resolved = examineStages(source, options);
  const { value: api, written } = resolved;
  if (api === undefined || hasErrors(resolved.diagnostics))
    return { value: undefined, diagnostics: resolved.diagnostics };
  if (!withSurface)
    return {
      value: { source, api, surface: undefined, written },
      diagnostics: resolved.diagnostics,
    };
  const stages = continueStages(resolved, options);
  return {
    value: { source, api, surface: surfaceOf(stages), written },
    diagnostics: stages.diagnostics,
  };
}

function surfaceOf({ named, types, model, diagnostics }: Stages): DocumentSurface | undefined {
  if (named === undefined || types === undefined || model === undefined) return undefined;
  return hasErrors(diagnostics) ? undefined : { named, types, model };
}

/** A document that was upgraded, selected and resolved. */
export interface Examined extends Outcome<ResolvedApi> {
  /** Findings about what was made of the document, with the places of the document as it was written. */
  readonly asWritten: (findings: readonly Diagnostic[]) => readonly Diagnostic[];
  /** Where in the document as it was written something stands, by its pointer in the one that was resolved. */
  readonly written: (pointer: string) => string;
}

/** The part of the line that looks at all of a document: with it, everything is found that an error lets be found. */
export function examineStages(source: Source, options: StageOptions): Examined {
  const { value: upgraded, diagnostics: before } = upgradeDocument(
    source.document,
    options.extensions,
  );
  if (upgraded === undefined)
    return {
      value: undefined,
      diagnostics: before,
      asWritten: (findings) => findings,
      written: (pointer) => pointer,
    };
  const { value: selected, diagnostics } = selectOperations(
    upgraded.document,
    options.selection,
    options.comparedWith,
  );
  const resolved = resolveApi(selected, options.extensions, selected.leftOut);
  const asWritten: Examined["asWritten"] = (findings) =>
    upgraded.asWritten(findings.map((finding) => inWhole(finding, selected)));
  const isWrong = hasErrors([...before, ...diagnostics]);
  const found = isWrong ? firstHand(resolved.diagnostics) : resolved.diagnostics;
  return {
    value: isWrong ? undefined : resolved.value,
    asWritten,
    written: (pointer) => upgraded.writtenPointer(placeInWhole(pointer, selected.moved)),
    diagnostics: [...before, ...upgraded.asWritten(diagnostics), ...asWritten(found)],
  };
}

function then<A, B>(before: Outcome<A>, stage: (value: A) => Outcome<B>): Outcome<B> {
  if (before.value === undefined || hasErrors(before.diagnostics))
    return { value: undefined, diagnostics: [] };
  return stage(before.value);
}

/** The finding with its place in the document as it was loaded. */
function inWhole(finding: Diagnostic, { moved }: Selected): Diagnostic {
  const { place } = finding;
  if (moved.size === 0 || place === undefined || !("pointer" in place)) return finding;
  return { ...finding, place: { ...place, pointer: placeInWhole(place.pointer, moved) } };
}
