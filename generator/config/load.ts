import path from "node:path";
import { hasErrors, outcome, type Outcome } from "../diagnostics/diagnostic.js";
import { createLocator } from "../diagnostics/locate.js";
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
import type { Configuration, OriginReference, ReferenceConfiguration } from "./configuration.js";
import schema from "./schema.json" with { type: "json" };
import { validate, type ConfigurationPlace } from "./validate.js";

/** Reads and checks a configuration file; `file` is absolute or relative to the working directory. */
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
  const findings = validate(parsed.value, schema, place);
  const diagnostics = [...parsed.diagnostics, ...findings];
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  return outcome(configurationOf(parsed.value, path.dirname(absolute), place), diagnostics);
}

function configurationOf(
  value: JsonValue,
  folder: string,
  place: ConfigurationPlace,
): Configuration {
  const services = sortedEntries(objectMember(value, "services")).map(([service, entry]) => {
    const name = stringMember(entry, "name");
    const input = path.resolve(folder, stringMember(entry, "input") ?? "");
    const overlays = stringsMember(entry, "overlays").map((file) => path.resolve(folder, file));
    const int64 = INT64_POLICIES.find((policy) => policy === stringMember(entry, "int64"));
    const helpers = stringsMember(entry, "helpers").map((helper, index) => ({
      name: helper,
      place: place(pointerTo("services", service, "helpers", index), "value"),
    }));
    return {
      service,
      input,
      overlays,
      ...(name === undefined ? {} : { name }),
      ...(int64 === undefined ? {} : { int64 }),
      helpers,
      references: referencesOf(value, service, folder, place),
      limits: { ...limitsOf(value), ...limitsOf(entry) },
    };
  });
  const output = path.resolve(folder, stringMember(value, "output") ?? "");
  return { folder, output, extensions: extensionsOf(value), services };
}

function extensionsOf(value: JsonValue): ExtensionNames {
  const extensions = objectMember(value, "extensions");
  const pagination = stringMember(extensions, "pagination");
  const idempotency = stringMember(extensions, "idempotency");
  const nullable = stringMember(extensions, "nullable");
  return {
    ...(pagination === undefined ? {} : { pagination }),
    ...(idempotency === undefined ? {} : { idempotency }),
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
  return Object.fromEntries(sortedEntries(limits));
}
