import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { compareText, groupBy } from "../document/json.js";
import type { Operation, ResolvedApi } from "../resolve/resolved-api.js";
import type { ClassNames } from "./classes.js";
import type { EarlierNames, KnownNames } from "./earlier-names.js";
import type { EarlierOperation } from "./named-api.js";
import { operationIdentity } from "./operations.js";
import { nameParameters } from "./parameters.js";
import { allOperations, foundOperations } from "./pinned-names.js";
import type { PinnedAlias, PinnedOperation, Pins } from "./pins.js";
import { RESERVED_FILE_STEMS, RESERVED_MEMBERS, RESERVED_TYPES } from "./reserved.js";
import { classOf, type ServiceNames } from "./service-names.js";
import { camelCase, kebabCase } from "./words.js";

/** An operation under an earlier name. */
interface Earlier extends PinnedOperation {
  /** `VideoApi.getOld` */
  readonly name: string;
  /** The operation, as its identity is now. */
  readonly identity: string;
}

/** The earlier names of operations, and the classes that are there for nothing else. */
export function* earlierOperations(
  api: ResolvedApi,
  names: ServiceNames,
  { pins, pinned }: KnownNames,
  files: readonly string[],
): Findings<Pick<EarlierNames, "classes" | "operations" | "aliases">> {
  const current = currentNames(api, names);
  const earlier = new Map(
    [...recorded(api, pins), ...renamed(pinned.operations, current)]
      .filter(({ name, identity }) => nameOf(current.get(identity)) !== name)
      .map((found) => [found.name, found] as const),
  );
  const sorted = [...earlier.values()].sort((left, right) => compareText(left.name, right.name));
  const present = new Map(api.operations.map((found) => [operationIdentity(found), found]));
  const gone = goneClasses(sorted, names, pins, files);
  const operations = new Map<string, EarlierOperation[]>();
  const aliases = new Map<string, PinnedAlias>();
  const taken = new Set<string>();
  for (const found of sorted) {
    const operation = present.get(found.identity);
    const now = current.get(found.identity);
    if (operation !== undefined && now !== undefined) {
      if (!hasPlace(found, names, gone)) {
        yield lostName(found, operation);
        continue;
      }
      const typeStem = stemFor(found, operation, now, names, taken);
      taken.add(typeStem);
      const list = operations.get(found.className) ?? [];
      list.push({
        operation,
        methodName: found.methodName,
        typeStem,
        parameterKeys: nameParameters(operation),
        now,
      });
      operations.set(found.className, list);
    }
    const { identity, typeStem } = found;
    aliases.set(found.name, { target: identity, since: api.version, typeStem, type: undefined });
  }
  return {
    classes: [...gone.values()].filter((found) => operations.has(found.className)),
    operations,
    aliases,
  };
}

function currentNames(api: ResolvedApi, names: ServiceNames): ReadonlyMap<string, PinnedOperation> {
  return new Map(
    allOperations(api).map((operation) => {
      const identity = operationIdentity(operation);
      return [
        identity,
        {
          className: classOf(names, operation)?.className ?? "",
          methodName: names.methods.get(identity) ?? "",
          typeStem: names.stems.get(identity) ?? "",
        },
      ];
    }),
  );
}

function nameOf(operation: Pick<PinnedOperation, "className" | "methodName"> | undefined): string {
  return operation === undefined ? "" : `${operation.className}.${operation.methodName}`;
}

/** What had an earlier name already when the document of this version was last looked at. */
function recorded({ version, ...api }: ResolvedApi, { aliases }: Pins): readonly Earlier[] {
  const ofVersion = [...aliases].flatMap(([name, { target, since, typeStem }]) =>
    since === version && typeStem !== undefined ? [{ name, target, typeStem }] : [],
  );
  const byTarget = groupBy(ofVersion, ({ target }) => target);
  return [...foundOperations(byTarget, allOperations({ version, ...api }))].flatMap(
    ([identity, found]) =>
      found.map(({ name, typeStem }) => {
        const [className = "", methodName = ""] = name.split(".");
        return { name, identity, className, methodName, typeStem };
      }),
  );
}

/** What is called otherwise than it was called when the document was last looked at. */
function renamed(
  pinned: ReadonlyMap<string, PinnedOperation>,
  current: ReadonlyMap<string, PinnedOperation>,
): readonly Earlier[] {
  return [...pinned]
    .filter(([identity, before]) => nameOf(before) !== nameOf(current.get(identity)))
    .map(([identity, before]) => ({ ...before, name: nameOf(before), identity }));
}

/* ------------------------------------------------------------ whether there is a place */

/** The classes that are gone, and that can come back under their names, by name. */
function goneClasses(
  earlier: readonly Earlier[],
  names: ServiceNames,
  pins: Pins,
  files: readonly string[],
): ReadonlyMap<string, ClassNames> {
  const types = new Set([
    ...RESERVED_TYPES,
    ...names.fixed,
    ...names.schemas.values(),
    ...names.classes.map(({ className }) => className),
  ]);
  const classes = folded(names.classes.map(({ className }) => className));
  const properties = folded([
    ...RESERVED_MEMBERS,
    ...names.classes.map(({ propertyName }) => propertyName),
  ]);
  const stems = folded([
    ...RESERVED_FILE_STEMS,
    ...files,
    ...names.classes.map(({ fileStem }) => fileStem),
  ]);
  const gone = new Map<string, ClassNames>();
  for (const { className } of earlier) {
    if (types.has(className) || gone.has(className)) continue;
    const found = goneClass(className, pins);
    const own = [
      [classes, className.toLowerCase()],
      [properties, found.propertyName.toLowerCase()],
      [stems, found.fileStem.toLowerCase()],
    ] as const;
    if (own.some(([given, name]) => name === "" || given.has(name))) continue;
    for (const [given, name] of own) given.add(name);
    gone.set(className, found);
  }
  return gone;
}

/** What a class was called elsewhere; where nobody wrote that down, what such a class mostly is. */
function goneClass(className: string, { classes }: Pins): ClassNames {
  const known = classes.get(className);
  return {
    tag: known?.tag,
    className,
    propertyName: known?.property ?? camelCase(className.replace(/Api$/, "")),
    fileStem: known?.file ?? kebabCase(className),
  };
}

function folded(names: readonly string[]): Set<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}

/** Whether the class is there, and no other operation is called so: methods are unique in a whole service. */
function hasPlace(
  { identity, className, methodName }: Earlier,
  { classes, methods }: ServiceNames,
  gone: ReadonlyMap<string, ClassNames>,
): boolean {
  const isThere = gone.has(className) || classes.some((found) => found.className === className);
  const isOthers = [...methods].some(
    ([other, name]) => other !== identity && name.toLowerCase() === methodName.toLowerCase(),
  );
  return isThere && !isOthers && !RESERVED_MEMBERS.has(methodName);
}

/** What the types of an alias begin with: what they began with, or, where that is not free, what they do now. */
function stemFor(
  { typeStem }: Earlier,
  operation: Operation,
  now: PinnedOperation,
  names: ServiceNames,
  taken: ReadonlySet<string>,
): string {
  const isFree = !taken.has(typeStem) && !names.isTakenStem(typeStem, operation);
  return isFree ? typeStem : now.typeStem;
}

function lostName({ name }: Earlier, { pointer }: Operation): Diagnostic {
  return diagnostic("lost-name", {
    message: `This operation was called ${quoted(name)}. Its method or class is something else now, so that no alias is left.`,
    hint: "Look for its uses before you take the new client over. An overlay that gives the other one an operationId or a tag of its own keeps the alias.",
    place: { pointer },
  });
}
