import type { NamedBy, Operation, ResolvedApi } from "../resolve/resolved-api.js";
import { classCandidates, nameClasses, tagIdentity, type ClassNames } from "./classes.js";
import { assignNames, keptNames } from "./collisions.js";
import type { Helper } from "./helper.js";
import { nameMethods, operationIdentity } from "./operations.js";
import { allOperations, type PinnedNames } from "./pinned-names.js";
import { RESERVED_TYPES } from "./reserved.js";
import { nameSchemas, schemaCandidates } from "./schemas.js";
import { longerStems, longerStemsOf, stemOf, typeStems } from "./stems.js";

/** Every name of a service, those of what is left out included: it keeps its names, so that others do not get them. */
export interface ServiceNames {
  /** The names that no tag, schema or operation can have: those of the client, and what helpers export. */
  readonly fixed: ReadonlySet<string>;
  readonly classes: readonly ClassNames[];
  /** By {@link operationIdentity}. */
  readonly methods: ReadonlyMap<string, string>;
  /** What types of operations begin with, by the same. */
  readonly stems: ReadonlyMap<string, string>;
  /** Types of schemas, by `schemaIdentity`. */
  readonly schemas: ReadonlyMap<string, string>;
  /** Whether a type of an operation has a name, or can come to have it. */
  readonly isOperationType: (name: string) => boolean;
  /** Whether an operation that has other types cannot have types that begin so besides. */
  readonly isTakenStem: (stem: string, operation: Operation) => boolean;
}

/**
 * Names everything: first come those that keep the names that they had, and then the others, so that nothing new ever
 * renames anything.
 */
export function nameService(
  api: ResolvedApi,
  fixed: ReadonlySet<string>,
  helpers: readonly Helper[],
  pinned: PinnedNames,
): ServiceNames {
  const all = allOperations(api);
  const methods = nameMethods(all, pinned.methods);
  const candidates = schemaCandidates(api);
  const isFixed = (name: string): boolean => fixed.has(name) || RESERVED_TYPES.has(name);
  const keptClasses = keptNames(classCandidates(all), pinned.classes, { taken: isFixed });
  const classNames = new Set(keptClasses.values());
  const keptSchemas = keptNames([...candidates.components, ...candidates.parts], pinned.schemas, {
    taken: (name) => isFixed(name) || classNames.has(name),
  });
  const keptTypes = new Set(keptSchemas.values());
  const stems = stemNaming(api, methods, pinned.stems);
  const keptStems = stems.kept(new Set([...fixed, ...classNames, ...keptTypes]));
  const classes = nameClasses(
    all,
    (name) => isFixed(name) || keptTypes.has(name),
    new Set(helpers.map(({ name }) => name)),
    keptClasses,
    pinned,
  );
  const ofClasses = new Set(classes.map(({ className }) => className));
  const schemas = nameSchemas(
    candidates,
    (name) => fixed.has(name) || ofClasses.has(name) || keptStems.isTypeName(name),
    keptSchemas,
  );
  const types = new Set([...fixed, ...ofClasses, ...schemas.values()]);
  return { fixed, classes, methods, schemas, ...stems.assign(types, keptStems) };
}

/** The class of an operation. */
export function classOf(names: ServiceNames, { tag }: NamedBy): ClassNames | undefined {
  return names.classes.find((found) => tagIdentity(found.tag) === tagIdentity(tag));
}

/* ----------------------------------------------------------------------- stems */

interface KeptStems {
  readonly stems: ReadonlyMap<string, string>;
  /** Whether an operation that keeps its stem may have a type of that name. */
  readonly isTypeName: (name: string) => boolean;
}

interface StemNaming {
  readonly kept: (types: ReadonlySet<string>) => KeptStems;
  readonly assign: (
    types: ReadonlySet<string>,
    kept: KeptStems,
  ) => Pick<ServiceNames, "stems" | "isOperationType" | "isTakenStem">;
}

/** What types of operations begin with: other types come first, for they have no other name. */
function stemNaming(
  api: ResolvedApi,
  methods: ReadonlyMap<string, string>,
  pinned: ReadonlyMap<string, string>,
): StemNaming {
  const namesOf = (operation: NamedBy): readonly string[] =>
    typeStems(methods.get(operationIdentity(operation)) ?? "");
  const candidates = allOperations(api).map((operation) => ({
    identity: operationIdentity(operation),
    names: namesOf(operation),
  }));
  const longer = longerStems(api.operations, namesOf);
  const longerOf = (stem: string): readonly string[] => longer.get(stem) ?? [];
  return {
    kept: (types) => {
      const ofTypes = stemsOf(types);
      const ofPinned = new Set([...pinned.values()].flatMap(longerOf));
      const stems = keptNames(candidates, pinned, {
        taken: (stem) =>
          [stem, ...longerOf(stem)].some((some) => ofTypes.has(some)) || ofPinned.has(stem),
      });
      const own = new Set([...stems.values()].flatMap((stem) => [stem, ...longerOf(stem)]));
      return { stems, isTypeName: (name) => own.has(stemOf(name) ?? "") };
    },
    assign: (types, kept) => {
      const ofTypes = stemsOf(types);
      const others = new Set([...longer.values()].flat());
      const ofKept = new Set(kept.stems.values());
      const isTaken = (stem: string): boolean =>
        ofTypes.has(stem) ||
        others.has(stem) ||
        longerOf(stem).some((other) => ofTypes.has(other) || ofKept.has(other));
      const stems = assignNames(candidates, { taken: isTaken, kept: kept.stems });
      const given = new Set([...stems.values()].flatMap((stem) => [stem, ...longerOf(stem)]));
      return {
        stems,
        isOperationType: (name) => given.has(stemOf(name) ?? ""),
        isTakenStem: (stem, operation) =>
          [stem, ...longerStemsOf(operation, stem)].some(
            (some) => ofTypes.has(some) || given.has(some),
          ),
      };
    },
  };
}

function stemsOf(types: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...types].flatMap((name) => stemOf(name) ?? []));
}
