import { compareText, groupBy } from "../document/json.js";
import { outcome, type Outcome } from "../diagnostics/diagnostic.js";
import type { NamedBy, Operation, ResolvedApi } from "../resolve/resolved-api.js";
import { nameClasses, type ClassNames } from "./classes.js";
import { assignNames } from "./collisions.js";
import type { Helper } from "./helper.js";
import {
  TYPE_ENDINGS,
  type NamedApi,
  type NamedClass,
  type NamedOperation,
  type SchemaNames,
} from "./named-api.js";
import { nameMethods, operationIdentity } from "./operations.js";
import { nameParameters } from "./parameters.js";
import { RESERVED_TYPES } from "./reserved.js";
import { nameSchemas } from "./schemas.js";
import { pascalCase } from "./words.js";

/** Decides every name: first all are gathered, then each is settled, by rules that no order of keys can change. */
export function nameApi(
  api: ResolvedApi,
  wantedName: string | undefined,
  helpers: readonly Helper[] = [],
): Outcome<NamedApi> {
  const exported = new Set(helpers.flatMap((helper) => helper.exports));
  const client = clientName(
    wantedName ?? api.title,
    (name) => RESERVED_TYPES.has(name) || exported.has(name),
  );
  const fixed = new Set([...clientNames(client), ...exported]);
  const classNames = nameClasses(
    [...api.operations, ...api.leftOut.operations],
    (name) => fixed.has(name) || RESERVED_TYPES.has(name),
    new Set(helpers.map(({ name }) => name)),
  );
  const classes = new Set(classNames.map((names) => names.className));
  const schemas = nameSchemas(api, (name) => fixed.has(name) || classes.has(name));
  const operations = nameOperations(api, schemas, new Set([...fixed, ...classes]));
  return outcome({
    api,
    clientName: client,
    helpers: helpers.map(({ name }) => name).sort(compareText),
    classes: groupByClass(classNames, operations),
    schemas,
  });
}

/** The title of a document often says that it is an API, which the class need not repeat. */
function clientName(title: string, isTaken: (name: string) => boolean): string {
  const name = pascalCase(title.replace(/\b(rest|http)?\s*apis?\b/gi, " "));
  const usable = name === "" ? pascalCase(title) : name;
  const candidates = usable === "" ? [] : [usable, `${usable}Client`];
  return candidates.find((candidate) => !clientNames(candidate).some(isTaken)) ?? "ApiClient";
}

/** The names that a service has of its client's: of the class, its options, credentials and server variables. */
function clientNames(client: string): readonly string[] {
  return [client, `${client}Auth`, `${client}Options`, `${client}ServerVariables`];
}

function nameOperations(
  { operations, leftOut }: ResolvedApi,
  schemas: ReadonlyMap<string, SchemaNames>,
  fixed: ReadonlySet<string>,
): readonly NamedOperation[] {
  const all = [...operations, ...leftOut.operations];
  const methods = nameMethods(all);
  const types = new Set([
    ...fixed,
    ...[...schemas.values()].flatMap(({ name, inputName, formName }) => [
      name,
      inputName ?? name,
      formName ?? name,
    ]),
  ]);
  const taken = stemsOf(types);
  const method = (operation: NamedBy): string => methods.get(operationIdentity(operation)) ?? "";
  const longer = longerStems(operations, (operation) => typeStems(method(operation)));
  const others = new Set([...longer.values()].flat());
  const stems = assignNames(
    all.map((operation) => ({
      identity: operationIdentity(operation),
      names: typeStems(method(operation)),
    })),
    {
      taken: (stem) =>
        taken.has(stem) ||
        others.has(stem) ||
        (longer.get(stem) ?? []).some((other) => taken.has(other)),
    },
  );
  return operations.map((operation) => ({
    operation,
    methodName: method(operation),
    typeStem: stems.get(operationIdentity(operation)) ?? "",
    parameterKeys: nameParameters(operation),
  }));
}

function typeStems(methodName: string): readonly string[] {
  const stem = methodName.charAt(0).toUpperCase() + methodName.slice(1);
  return [stem, `${stem}Operation`];
}

/** What types begin with, besides the stem itself, where there are several media types: `ExportTextCsv`, by stem. */
function longerStems(
  operations: readonly Operation[],
  stems: (operation: Operation) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    operations.flatMap((operation) => {
      const mediaTypes = [
        ...(operation.requestBody?.mediaTypes ?? []),
        ...operation.responses.flatMap((response) => response.mediaTypes),
      ];
      const words = new Set(mediaTypes.map(({ name }) => pascalCase(name.split(";")[0] ?? "")));
      words.delete("");
      return stems(operation).map((stem) => [stem, [...words].map((word) => stem + word)] as const);
    }),
  );
}

/** What is left of the types' names when an ending that operations use is taken off: no operation may begin so. */
function stemsOf(types: ReadonlySet<string>): ReadonlySet<string> {
  const ending = new RegExp(`(?:${TYPE_ENDINGS.join("|")}|(?:[0-9]{3}|[1-5]XX|Default)Response)$`);
  return new Set(
    [...types].filter((name) => ending.test(name)).map((name) => name.replace(ending, "")),
  );
}

function groupByClass(
  classNames: readonly ClassNames[],
  operations: readonly NamedOperation[],
): readonly NamedClass[] {
  const byTag = groupBy(operations, ({ operation }) => operation.tag);
  return classNames
    .filter(({ tag }) => byTag.has(tag))
    .sort((left, right) => compareText(left.className, right.className))
    .map((names) => ({ ...names, operations: byTag.get(names.tag) ?? [] }));
}
