import { compareText, groupBy } from "../document/json.js";
import { collect, type Findings, type Outcome } from "../diagnostics/diagnostic.js";
import type { ResolvedApi } from "../resolve/resolved-api.js";
import { earlierNames, type EarlierNames } from "./earlier-names.js";
import type { Helper } from "./helper.js";
import type { NamedApi, NamedClass, NamedOperation } from "./named-api.js";
import { nextPins } from "./next-pins.js";
import { operationIdentity } from "./operations.js";
import { nameParameters } from "./parameters.js";
import { pinnedNames, type PinnedNames } from "./pinned-names.js";
import { NO_PINS, type Pins } from "./pins.js";
import { RESERVED_TYPES } from "./reserved.js";
import { namesOfSchemas } from "./schemas.js";
import { nameService, type ServiceNames } from "./service-names.js";
import { pascalCase } from "./words.js";

/**
 * Decides every name: first all are gathered, then each is settled, by rules that no order of keys can change.
 *
 * @param pins the names that an earlier run gave: who can keep one does
 */
export function nameApi(
  api: ResolvedApi,
  wantedName: string | undefined,
  helpers: readonly Helper[] = [],
  pins: Pins = NO_PINS,
): Outcome<NamedApi> {
  return collect(named(api, wantedName, helpers, pins));
}

function* named(
  api: ResolvedApi,
  wantedName: string | undefined,
  helpers: readonly Helper[],
  pins: Pins,
): Findings<NamedApi> {
  const exported = new Set(helpers.flatMap((helper) => helper.exports));
  const isTaken = (name: string): boolean => RESERVED_TYPES.has(name) || exported.has(name);
  const pinned = pinnedNames(pins, api);
  const client =
    wantedName === undefined
      ? titledName(api.title, pins.client, pinned, isTaken)
      : clientName(wantedName, undefined, isTaken);
  const fixed = new Set([...clientNames(client), ...exported]);
  const names = nameService(api, fixed, helpers, pinned);
  const files = helpers.map(({ name }) => name).sort(compareText);
  const earlier = yield* earlierNames(api, names, { pins, pinned }, files);
  return {
    api,
    clientName: client,
    helpers: files,
    classes: namedClasses(api, names, earlier),
    schemas: namesOfSchemas(api, names.schemas),
    earlierTypes: earlier.types,
    pins: nextPins(api, client, names, earlier, pins),
  };
}

/** Without a name of the user's, the title decides; but it takes no name from what has one already. */
function titledName(
  title: string,
  earlier: string | undefined,
  { classes, schemas }: PinnedNames,
  isTaken: (name: string) => boolean,
): string {
  const pinned = new Set([...classes.values(), ...schemas.values()]);
  return clientName(title, earlier, (name) => isTaken(name) || pinned.has(name));
}

/** The title of a document often says that it is an API, which the class need not repeat. */
function clientName(
  title: string,
  earlier: string | undefined,
  isTaken: (name: string) => boolean,
): string {
  const name = pascalCase(title.replace(/\b(rest|http)?\s*apis?\b/gi, " "));
  const usable = name === "" ? pascalCase(title) : name;
  const candidates = usable === "" ? [] : [usable, `${usable}Client`];
  const wanted = candidates.filter((candidate) => candidate === earlier);
  return (
    [...wanted, ...candidates].find((candidate) => !clientNames(candidate).some(isTaken)) ??
    "ApiClient"
  );
}

/** The names that a service has of its client's: of the class, its options, credentials and server variables. */
function clientNames(client: string): readonly string[] {
  return [client, `${client}Auth`, `${client}Options`, `${client}ServerVariables`];
}

/** The classes that operations are in, and those that are still there for their earlier names. */
function namedClasses(
  api: ResolvedApi,
  names: ServiceNames,
  earlier: EarlierNames,
): readonly NamedClass[] {
  const byTag = groupBy(namedOperations(api, names), ({ operation }) => operation.tag);
  const classes = names.classes.map((found) => ({
    ...found,
    operations: byTag.get(found.tag) ?? [],
    earlier: earlier.operations.get(found.className) ?? [],
  }));
  const gone = earlier.classes.map((found) => ({
    ...found,
    operations: [],
    earlier: earlier.operations.get(found.className) ?? [],
  }));
  return [...classes, ...gone]
    .filter((found) => found.operations.length > 0 || found.earlier.length > 0)
    .sort((left, right) => compareText(left.className, right.className));
}

function namedOperations(
  { operations }: ResolvedApi,
  { methods, stems }: ServiceNames,
): readonly NamedOperation[] {
  return operations.map((operation) => ({
    operation,
    methodName: methods.get(operationIdentity(operation)) ?? "",
    typeStem: stems.get(operationIdentity(operation)) ?? "",
    parameterKeys: nameParameters(operation),
  }));
}
