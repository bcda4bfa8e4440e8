import type { Findings } from "../diagnostics/diagnostic.js";
import type { ResolvedApi } from "../resolve/resolved-api.js";
import type { ClassNames } from "./classes.js";
import { earlierOperations } from "./earlier-operations.js";
import { earlierTypes } from "./earlier-types.js";
import type { EarlierOperation, EarlierType } from "./named-api.js";
import type { PinnedNames } from "./pinned-names.js";
import type { PinnedAlias, Pins } from "./pins.js";
import type { ServiceNames } from "./service-names.js";

/** The names that things had in the release before, and that the client still has beside the new ones. */
export interface EarlierNames {
  /** Classes that are there for nothing else. */
  readonly classes: readonly ClassNames[];
  /** By the name of their class. */
  readonly operations: ReadonlyMap<string, readonly EarlierOperation[]>;
  readonly types: readonly EarlierType[];
  /** What the next run has to know of them, with those of what is left out. */
  readonly aliases: ReadonlyMap<string, PinnedAlias>;
}

/** What is known from earlier runs: names as they were written down, and found again in the document. */
export interface KnownNames {
  readonly pins: Pins;
  readonly pinned: PinnedNames;
}

/**
 * Finds what has another name than before. Its earlier name stays as an alias, for as long as the document has the
 * version with which the other name came; unless that is the name of something else by now.
 *
 * @param files the names of files that stand beside those of classes, without ending
 */
export function* earlierNames(
  api: ResolvedApi,
  names: ServiceNames,
  known: KnownNames,
  files: readonly string[],
): Findings<EarlierNames> {
  const { classes, operations, aliases } = yield* earlierOperations(api, names, known, files);
  const stems = new Set(
    [...operations.values()]
      .flat()
      .flatMap(({ typeStem, now }) => (typeStem === now.typeStem ? [] : [typeStem])),
  );
  const others = { stems, classes: new Set(classes.map(({ className }) => className)) };
  const ofTypes = yield* earlierTypes(api, names, known, others);
  return {
    classes,
    operations,
    types: ofTypes.types,
    aliases: new Map([...aliases, ...ofTypes.aliases]),
  };
}
