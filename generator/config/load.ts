import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { BRIDGES } from "../bridges/bridge-names.js";
import type { DiagnosticCode } from "../diagnostics/codes.js";
import {
  hasErrors,
  type Diagnostic,
  type Outcome,
  type TextPlace,
} from "../diagnostics/diagnostic.js";
import { unknownCode } from "../diagnostics/unknown-code.js";
import type { ExtensionNames } from "../document/extension-names.js";
import { INT64_POLICIES } from "../document/int64-policy.js";
import {
  arrayMember,
  member,
  objectMember,
  sortedEntries,
  stringMember,
  stringsMember,
} from "../document/json.js";
import type { Limits } from "../document/limits.js";
import { pointerTo, resolvePointer } from "../document/pointer.js";
import { readRegularFile, type ReadBytes } from "../document/read-file.js";
import type { JsonValue } from "../document/source.js";
import type { OperationFilter, Selection } from "../select/selection.js";
import { completenessFindings } from "./complete.js";
import type {
  Configuration,
  HeaderReference,
  OriginReference,
  ReferenceConfiguration,
  ServiceConfiguration,
  UpstreamConfiguration,
} from "./configuration.js";
import { folderFindings } from "./folders.js";
import { LANGUAGES } from "./language.js";
import { readLayers } from "./layers.js";
import { mergeLayers, type MergedConfiguration } from "./merge.js";
import { RUNTIME_PLACES } from "./runtime-place.js";
import schema from "./schema.json" with { type: "json" };
import { validate } from "./validate.js";
import { variableFindings } from "./variables.js";

/**
 * Reads and checks a configuration file; `file` is absolute or relative to the working directory. There is a value
 * beside errors too, as far as it can be read, so that the documents that it names can be looked at.
 */
export async function loadConfiguration(
  file: string,
  readBytes: ReadBytes = readRegularFile,
): Promise<Outcome<Configuration>> {
  const { layers, files, diagnostics } = await readLayers(path.resolve(file), readBytes);
  const [nearest, ...others] = layers;
  if (nearest === undefined) return { value: undefined, diagnostics };
  const merged = mergeLayers([nearest, ...others]);
  const value = configurationOf(merged, path.dirname(nearest.file), files);
  const findings = [
    // What a file that cannot be read says is not known to be missing.
    ...formFindings(merged, !hasErrors(diagnostics)),
    ...codeFindings(value),
  ];
  // Folders that are wrong by themselves are not compared.
  const folders = hasErrors(findings) ? [] : folderFindings(value, merged);
  return { value, diagnostics: [...diagnostics, ...findings, ...folders] };
}

/** Of a value that cannot be used as it is, nothing else is told: neither what it should be, nor what it lacks. */
function formFindings(merged: MergedConfiguration, isComplete: boolean): readonly Diagnostic[] {
  const variables = variableFindings(merged);
  const wrong = besides(variables, validate(merged.value, schema, merged.place));
  const missing = isComplete ? besides(wrong, completenessFindings(merged)) : [];
  return [...variables, ...wrong, ...missing];
}

/** The findings in whose place no value is told to be wrong already. */
function besides(
  told: readonly Diagnostic[],
  findings: readonly Diagnostic[],
): readonly Diagnostic[] {
  const places = told.filter(({ code }) => code === "invalid-value").map(({ place }) => place);
  return findings.filter(({ place }) => !places.some((other) => isDeepStrictEqual(other, place)));
}

function configurationOf(
  merged: MergedConfiguration,
  folder: string,
  files: readonly string[],
): Configuration {
  const { value } = merged;
  const isStrict = member(value, "strict") === true;
  const services = sortedEntries(objectMember(value, "services")).flatMap(([service, entry]) => {
    const input = stringMember(entry, "input") ?? "";
    if (input === "") return [];
    return [
      {
        ...serviceOf(service, { input, isStrict }, entry, within(merged, "services", service)),
        ...placeOf(service, value, folder),
        references: referencesOf(merged, service),
        limits: { ...limitsOf(value), ...limitsOf(entry) },
      },
    ];
  });
  const language = LANGUAGES.find((name) => name === stringMember(value, "language"));
  return {
    folder,
    files,
    output: outputOf(value, folder),
    language: language ?? "typescript",
    extensions: extensionsOf(value),
    services,
  };
}

/**
 * Where a client is written: below the folder of the configuration itself, also where another file says it. A client
 * with a folder of its own may be part of another package, and has its own runtime.
 */
function placeOf(
  service: string,
  value: JsonValue,
  folder: string,
): Pick<ServiceConfiguration, "folder" | "runtime"> {
  const own = stringMember(resolvePointer(value, pointerTo("services", service)), "output");
  if (own !== undefined) return { folder: path.resolve(folder, own), runtime: "separate" };
  const runtime = RUNTIME_PLACES.find((name) => name === stringMember(value, "runtime"));
  return { folder: path.join(outputOf(value, folder), service), runtime: runtime ?? "shared" };
}

function outputOf(value: JsonValue, folder: string): string {
  return path.resolve(folder, stringMember(value, "output") ?? schema.properties.output.default);
}

/** What is known of a part of the configuration besides its value. */
interface Part {
  readonly place: (...tokens: readonly (string | number)[]) => TextPlace;
  /** The absolute path that a text below it means. */
  readonly resolve: (text: string, ...tokens: readonly (string | number)[]) => string;
}

function within(
  { place, folderOf }: MergedConfiguration,
  ...start: readonly (string | number)[]
): Part {
  return {
    place: (...tokens) => place(pointerTo(...start, ...tokens), "value"),
    resolve: (text, ...tokens) => path.resolve(folderOf(pointerTo(...start, ...tokens)), text),
  };
}

function serviceOf(
  service: string,
  { input, isStrict }: { readonly input: string; readonly isStrict: boolean },
  entry: JsonValue,
  part: Part,
): Omit<ServiceConfiguration, "folder" | "runtime" | "references" | "limits"> {
  const { place, resolve } = part;
  const name = stringMember(entry, "name");
  const int64 = INT64_POLICIES.find((policy) => policy === stringMember(entry, "int64"));
  const selection = selectionOf(entry, place);
  const strict = member(entry, "strict");
  return {
    service,
    input: resolve(input, "input"),
    overlays: stringsMember(entry, "overlays").map((file) => resolve(file, "overlays")),
    ...(name === undefined ? {} : { name }),
    ...(int64 === undefined ? {} : { int64 }),
    helpers: textsOf(entry, ["helpers"], place).map(({ text, place: at }) => ({
      name: text,
      place: at,
    })),
    ...(selection === undefined ? {} : { selection }),
    bridges: BRIDGES.filter((name) => stringsMember(entry, "bridges").includes(name)),
    docs: member(entry, "docs") === true,
    ...upstreamOf(entry, part),
    policy: {
      strict: typeof strict === "boolean" ? strict : isStrict,
      allow: textsOf(entry, ["allow"], place).map(({ text, place: at }) => ({
        // Whether there is such a code is told below.
        code: text as DiagnosticCode,
        place: at,
      })),
    },
  };
}

function upstreamOf(
  entry: JsonValue,
  { place, resolve }: Part,
): { readonly upstream?: UpstreamConfiguration } {
  const upstream = objectMember(entry, "upstream");
  const url = stringMember(upstream, "url");
  if (url === undefined) return {};
  const accept = stringMember(upstream, "accept");
  const server = stringMember(upstream, "server");
  return {
    upstream: {
      url,
      ...(accept === undefined ? {} : { accept: resolve(accept, "upstream", "accept") }),
      ...(member(upstream, "overlays") === undefined
        ? {}
        : {
            overlays: stringsMember(upstream, "overlays").map((file) =>
              resolve(file, "upstream", "overlays"),
            ),
          }),
      isMaintained: member(upstream, "maintained") === true,
      ...(server === undefined ? {} : { server }),
      headers: headersOf(upstream, (name) => place("upstream", "headers", name)),
      privateNetwork: member(upstream, "privateNetwork") === true,
    },
  };
}

function selectionOf(entry: JsonValue, place: Part["place"]): Selection | undefined {
  const include = filterOf(entry, "include", place);
  const exclude = filterOf(entry, "exclude", place);
  const prune = member(entry, "prune") === true;
  if (include === undefined && exclude === undefined && !prune) return undefined;
  return {
    ...(include === undefined ? {} : { include }),
    ...(exclude === undefined ? {} : { exclude }),
    prune,
  };
}

function filterOf(
  entry: JsonValue,
  key: "include" | "exclude",
  place: Part["place"],
): OperationFilter | undefined {
  const filter = objectMember(entry, key);
  if (filter === undefined) return undefined;
  return {
    tags: textsOf(entry, [key, "tags"], place),
    paths: textsOf(entry, [key, "paths"], place),
    operations: textsOf(entry, [key, "operations"], place),
    deprecated: member(filter, "deprecated") === true,
  };
}

/** The texts of a list below a service, and where each stands. */
function textsOf(
  entry: JsonValue,
  keys: readonly string[],
  place: Part["place"],
): readonly { readonly text: string; readonly place: TextPlace }[] {
  const list = resolvePointer(entry, pointerTo(...keys));
  if (!Array.isArray(list)) return [];
  return list.flatMap((text, index) =>
    typeof text === "string" ? [{ text, place: place(...keys, index) }] : [],
  );
}

function codeFindings({ services }: Configuration): readonly Diagnostic[] {
  return services.flatMap(({ policy }) =>
    policy.allow.flatMap(({ code, place }) => unknownCode(code, "to allow", place) ?? []),
  );
}

function extensionsOf(value: JsonValue): ExtensionNames {
  const extensions = objectMember(value, "extensions");
  const pagination = stringMember(extensions, "pagination");
  const idempotency = stringMember(extensions, "idempotency");
  const sunset = stringMember(extensions, "sunset");
  const nullable = stringMember(extensions, "nullable");
  return {
    ...(pagination === undefined ? {} : { pagination }),
    ...(idempotency === undefined ? {} : { idempotency }),
    ...(sunset === undefined ? {} : { sunset }),
    ...(nullable === undefined ? {} : { nullable }),
  };
}

/** What is allowed to the documents of all services, and then what is to that of one. */
function referencesOf(merged: MergedConfiguration, service: string): ReferenceConfiguration {
  const holders = [[], ["services", service]].map((tokens) => ({
    part: within(merged, ...tokens, "references"),
    references: resolvePointer(merged.value, pointerTo(...tokens, "references")),
  }));
  return {
    folders: holders.flatMap(({ references, part }) =>
      stringsMember(references, "folders").map((name) => part.resolve(name, "folders")),
    ),
    origins: holders.flatMap(({ references, part }) =>
      arrayMember(references, "origins").map((entry, index) => originOf(entry, index, part)),
    ),
  };
}

function originOf(entry: JsonValue, index: number, { place }: Part): OriginReference {
  return {
    origin: typeof entry === "string" ? entry : (stringMember(entry, "origin") ?? ""),
    place: place("origins", index),
    headers: headersOf(entry, (name) => place("origins", index, "headers", name)),
    privateNetwork: member(entry, "privateNetwork") === true,
  };
}

function headersOf(
  entry: JsonValue | undefined,
  place: (name: string) => TextPlace,
): readonly HeaderReference[] {
  return sortedEntries(objectMember(entry, "headers")).map(([name, text]) => ({
    name,
    text: typeof text === "string" ? text : "",
    place: place(name),
  }));
}

function limitsOf(value: JsonValue): Partial<Limits> {
  const limits = objectMember(value, "limits");
  return Object.fromEntries(sortedEntries(limits).filter(([, limit]) => typeof limit === "number"));
}
