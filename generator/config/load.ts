import path from "node:path";
import { BRIDGES } from "../bridges/bridge-names.js";
import type { DiagnosticCode } from "../diagnostics/codes.js";
import type { Diagnostic, Outcome, TextPlace } from "../diagnostics/diagnostic.js";
import { createLocator } from "../diagnostics/locate.js";
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
import { LIMITS, type Limits } from "../document/limits.js";
import { parseText } from "../document/parse.js";
import { childPointer, pointerTo, resolvePointer } from "../document/pointer.js";
import {
  displayPath,
  readRegularFile,
  readSourceFile,
  type ReadBytes,
} from "../document/read-file.js";
import type { JsonValue } from "../document/source.js";
import type { OperationFilter, Selection } from "../select/selection.js";
import type {
  Configuration,
  OriginReference,
  ReferenceConfiguration,
  ServiceConfiguration,
  UpstreamConfiguration,
} from "./configuration.js";
import { LANGUAGES } from "./language.js";
import schema from "./schema.json" with { type: "json" };
import { validate, type ConfigurationPlace } from "./validate.js";

/**
 * Reads and checks a configuration file; `file` is absolute or relative to the working directory. There is a value
 * beside errors too, as far as it can be read, so that the documents that it names can be looked at.
 */
export async function loadConfiguration(
  file: string,
  readBytes: ReadBytes = readRegularFile,
): Promise<Outcome<Configuration>> {
  const absolute = path.resolve(file);
  const read = await readSourceFile(displayPath(absolute), absolute, LIMITS, readBytes);
  if (read.value === undefined) return { value: undefined, diagnostics: read.diagnostics };
  const source = read.value;
  const parsed = parseText(source, LIMITS);
  if (parsed.value === undefined) return { value: undefined, diagnostics: parsed.diagnostics };
  const locator = createLocator();
  const place: ConfigurationPlace = (pointer, at) => locator.inFile(source, pointer, at);
  const value = configurationOf(parsed.value, path.dirname(absolute), place);
  const findings = [...validate(parsed.value, schema, place), ...codeFindings(value)];
  return { value, diagnostics: [...parsed.diagnostics, ...findings] };
}

function configurationOf(
  value: JsonValue,
  folder: string,
  place: ConfigurationPlace,
): Configuration {
  const isStrict = member(value, "strict") === true;
  const services = sortedEntries(objectMember(value, "services")).flatMap(([service, entry]) => {
    const input = stringMember(entry, "input") ?? "";
    if (input === "") return [];
    const at = (...tokens: readonly (string | number)[]): TextPlace =>
      place(pointerTo("services", service, ...tokens), "value");
    return [
      {
        ...serviceOf(service, { folder, input, isStrict }, entry, at),
        references: referencesOf(value, service, folder, place),
        limits: { ...limitsOf(value), ...limitsOf(entry) },
      },
    ];
  });
  const output = path.resolve(folder, stringMember(value, "output") ?? "");
  const language = LANGUAGES.find((name) => name === stringMember(value, "language"));
  return {
    folder,
    output,
    language: language ?? "typescript",
    extensions: extensionsOf(value),
    services,
  };
}

/** Where something below a service stands. */
type PlaceInService = (...tokens: readonly (string | number)[]) => TextPlace;

function serviceOf(
  service: string,
  { folder, input, isStrict }: { folder: string; input: string; isStrict: boolean },
  entry: JsonValue,
  place: PlaceInService,
): Omit<ServiceConfiguration, "references" | "limits"> {
  const name = stringMember(entry, "name");
  const int64 = INT64_POLICIES.find((policy) => policy === stringMember(entry, "int64"));
  const selection = selectionOf(entry, place);
  const strict = member(entry, "strict");
  return {
    service,
    input: path.resolve(folder, input),
    overlays: stringsMember(entry, "overlays").map((file) => path.resolve(folder, file)),
    ...(name === undefined ? {} : { name }),
    ...(int64 === undefined ? {} : { int64 }),
    helpers: textsOf(entry, ["helpers"], place).map(({ text, place: at }) => ({
      name: text,
      place: at,
    })),
    ...(selection === undefined ? {} : { selection }),
    bridges: BRIDGES.filter((name) => stringsMember(entry, "bridges").includes(name)),
    docs: member(entry, "docs") === true,
    ...upstreamOf(entry, folder),
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
  folder: string,
): { readonly upstream?: UpstreamConfiguration } {
  const upstream = objectMember(entry, "upstream");
  const url = stringMember(upstream, "url");
  if (url === undefined) return {};
  const accept = stringMember(upstream, "accept");
  const server = stringMember(upstream, "server");
  const resolved = (file: string): string => path.resolve(folder, file);
  return {
    upstream: {
      url,
      ...(accept === undefined ? {} : { accept: resolved(accept) }),
      ...(member(upstream, "overlays") === undefined
        ? {}
        : { overlays: stringsMember(upstream, "overlays").map(resolved) }),
      isMaintained: member(upstream, "maintained") === true,
      ...(server === undefined ? {} : { server }),
      privateNetwork: member(upstream, "privateNetwork") === true,
    },
  };
}

function selectionOf(entry: JsonValue, place: PlaceInService): Selection | undefined {
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
  place: PlaceInService,
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
  place: PlaceInService,
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
function referencesOf(
  value: JsonValue,
  service: string,
  folder: string,
  place: ConfigurationPlace,
): ReferenceConfiguration {
  const holders = [[], ["services", service]].map((tokens) => {
    const pointer = pointerTo(...tokens, "references");
    return { pointer, references: resolvePointer(value, pointer) };
  });
  return {
    folders: holders.flatMap(({ references }) =>
      stringsMember(references, "folders").map((name) => path.resolve(folder, name)),
    ),
    origins: holders.flatMap(({ references, pointer }) =>
      arrayMember(references, "origins").map((entry, index) =>
        originOf(entry, childPointer(pointer, "origins", index), place),
      ),
    ),
  };
}

function originOf(entry: JsonValue, pointer: string, place: ConfigurationPlace): OriginReference {
  const origin = typeof entry === "string" ? entry : (stringMember(entry, "origin") ?? "");
  const headers = sortedEntries(objectMember(entry, "headers")).map(([name, text]) => ({
    name,
    text: typeof text === "string" ? text : "",
    place: place(childPointer(pointer, "headers", name), "value"),
  }));
  return {
    origin,
    place: place(pointer, "value"),
    headers,
    privateNetwork: member(entry, "privateNetwork") === true,
  };
}

function limitsOf(value: JsonValue): Partial<Limits> {
  const limits = objectMember(value, "limits");
  return Object.fromEntries(sortedEntries(limits).filter(([, limit]) => typeof limit === "number"));
}
