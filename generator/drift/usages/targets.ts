import type { ts } from "ts-morph";
import { pointerTokens } from "../../document/pointer.js";
import type { JsonValue } from "../../document/source.js";
import type { DocumentSurface } from "../document-side.js";
import type { Finding, FindingPlace } from "../finding.js";
import { joinedNames } from "../siblings.js";
import type { ValuePath, ValueStep } from "../position.js";
import { methodNamed, type GeneratedClient, type GeneratedMethod } from "./open-client.js";
import { propertiesNamed } from "./properties.js";

/** What code has to mention in order to be touched by a finding. */
export interface Targets {
  /** Declarations in the generated client. */
  readonly declarations: ReadonlySet<ts.Node>;
  /** Operations that `isApiError` tells apart by name. */
  readonly operations: ReadonlySet<string>;
  /** The one value that the finding is about: code that passes another one is not touched. */
  readonly value: JsonValue | undefined;
}

/** Rules about one value of many. */
const OF_VALUES: ReadonlySet<string> = new Set(["enum-value-removed", "enum-value-added"]);

/** Finds in a client what a finding is about. */
export function targetsOf(
  finding: Finding,
  client: GeneratedClient,
  surface: DocumentSurface,
): Targets {
  const { rule, old, new: changed } = finding;
  const places = placesOf(finding);
  const symbols = places.length === 0 ? [] : places.flatMap((place) => placeSymbols(place, client));
  const whole = places.length === 0 ? namedSymbols(old?.pointer, client, surface) : [];
  const value = OF_VALUES.has(rule) ? (old?.value ?? changed?.value) : undefined;
  return {
    declarations: new Set([...symbols, ...whole].flatMap((symbol) => symbol.declarations ?? [])),
    operations: new Set(
      places.filter(isOfOperation).map(({ name = "" }) => name.split(".")[1] ?? ""),
    ),
    value: typeof value === "object" ? undefined : value,
  };
}

/** Where a finding is noticed: at each property of an object, where it is about several of them. */
function placesOf({ rule, places, old, new: changed }: Finding): readonly FindingPlace[] {
  const names = joinedNames(rule, (old ?? changed)?.value);
  if (names === undefined) return places;
  return places.flatMap((place) =>
    names.map((key) => ({ ...place, valuePath: [...place.valuePath, { key }] })),
  );
}

/** Whether a finding concerns all of an operation, so that whoever names it is touched. */
function isOfOperation({ position }: FindingPlace): boolean {
  return position.kind === "operation";
}

/** The symbols of a place: a member of a type, or else the method. */
function placeSymbols(
  { name, position, valuePath }: FindingPlace,
  client: GeneratedClient,
): readonly ts.Symbol[] {
  const method = name === undefined ? undefined : methodNamed(client, name);
  if (method === undefined) return [];
  switch (position.kind) {
    case "parameter": {
      const keys = [
        position.name,
        position.name.replace(/\[\]$/, ""),
        `${position.name}_${position.in}`,
      ];
      const found = keys.map((key) => membersAt(client, method.params, [{ key }, ...valuePath]));
      return found.find((symbols) => symbols.length > 0) ?? [];
    }
    case "body":
      return membersAt(client, method.params, [{ key: "body" }, ...valuePath]);
    case "response":
      return answerSymbols(client, method, [{ key: String(position.status) }, ...valuePath]);
    case "operation":
    case "header":
      return [method.symbol];
  }
}

/** The member of an answer; where that has no name of its own, whoever calls the method gets it. */
function answerSymbols(
  client: GeneratedClient,
  method: GeneratedMethod,
  path: ValuePath,
): readonly ts.Symbol[] {
  const hasName = path.slice(1).some((step) => typeof step === "object");
  return hasName ? membersAt(client, method.responses, path) : [method.symbol];
}

/** The symbols of the last member with a name on a way through types. */
function membersAt(
  { checker }: GeneratedClient,
  types: readonly ts.Type[],
  path: ValuePath,
): readonly ts.Symbol[] {
  let open = types;
  let last: readonly ts.Symbol[] = [];
  for (const step of path) {
    if (typeof step === "object") {
      last = open.flatMap((type) => propertiesNamed(checker, type, step.key));
      if (last.length === 0) return [];
      open = last.map((symbol) => checker.getNonNullableType(checker.getTypeOfSymbol(symbol)));
    } else open = open.flatMap((type) => innerTypes(checker, type, step));
  }
  return last;
}

/** The types of what a list or a map holds. */
function innerTypes(
  checker: ts.TypeChecker,
  type: ts.Type,
  step: Exclude<ValueStep, object>,
): readonly ts.Type[] {
  return (type.isUnion() ? type.types : [type]).flatMap((member) => {
    const inner = step === "element" ? member.getNumberIndexType() : member.getStringIndexType();
    // Streams are iterables of what they are given as their type.
    const [argument] =
      inner === undefined ? checker.getTypeArguments(member as ts.TypeReference) : [];
    return [inner, argument].flatMap((found) =>
      found === undefined ? [] : checker.getNonNullableType(found),
    );
  });
}

/** The exported type or the option that a component of the document is in the client. */
function namedSymbols(
  pointer: string | undefined,
  { checker, exported }: GeneratedClient,
  { named }: DocumentSurface,
): readonly ts.Symbol[] {
  const [components, kind, name = ""] = pointerTokens(pointer ?? "");
  if (components === "components" && kind === "securitySchemes") {
    const auth = exported.get(`${named.clientName}Auth`);
    return auth === undefined
      ? []
      : propertiesNamed(checker, checker.getDeclaredTypeOfSymbol(auth), name);
  }
  if (pointer === "/info/title")
    return exported.get(named.clientName)
      ? [exported.get(named.clientName)].flatMap((found) => found ?? [])
      : [];
  for (const [schema, names] of named.schemas) {
    if (named.api.schemas.get(schema)?.pointer !== pointer) continue;
    return [names.name, names.inputName, names.formName].flatMap(
      (type) => exported.get(type ?? "") ?? [],
    );
  }
  return [];
}
