import { textHash } from "./hashes.js";
import { compareText, groupBy } from "./json.js";
import { pointerTokens } from "./pointer.js";

/** Something that needs a name in a section of `components`. */
export interface Nameless {
  /** Path of its file relative to the root document, with forward slashes. */
  readonly file: string;
  readonly pointer: string;
}

/**
 * Names targets of other files: by the last token of the pointer, or else by the file. Where that is taken, all that
 * claim a name get a longer one, so that no name depends on an order.
 *
 * @param taken names that the root document has already
 */
export function nameTargets<T extends Nameless>(
  targets: readonly T[],
  taken: ReadonlySet<string>,
): ReadonlyMap<T, string> {
  const sorted = [...targets].sort((left, right) => compareText(identity(left), identity(right)));
  let levels = new Map(sorted.map((target) => [target, 0]));
  for (;;) {
    const names = new Map(
      sorted.map((target) => [target, nameAt(target, levels.get(target) ?? 0)]),
    );
    const claims = groupBy(sorted, (target) => names.get(target) ?? "");
    const disputed = new Set(
      [...claims]
        .filter(([name, all]) => all.length > 1 || taken.has(name))
        .flatMap(([, all]) => all),
    );
    if (disputed.size === 0) return names;
    levels = new Map(
      [...levels].map(([target, level]) => [target, disputed.has(target) ? level + 1 : level]),
    );
  }
}

function nameAt(target: Nameless, level: number): string {
  const tokens = pointerTokens(target.pointer);
  const path = target.file.replace(/\.[^./]*$/, "");
  const stem = path.split("/").at(-1) ?? path;
  const last = tokens.at(-1);
  if (level === 0) return clean(last ?? stem);
  if (level === 1) return clean(last === undefined ? path : `${stem}_${last}`);
  if (level === 2) return clean([path, ...tokens].join("_"));
  return `${clean([path, ...tokens].join("_"))}_${textHash(identity(target)).slice(0, 8 * (level - 2))}`;
}

/** Component names are made of these characters only (OpenAPI 3.1, 4.8.7.1). */
function clean(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]+/g, "_");
}

function identity({ file, pointer }: Nameless): string {
  return `${file}#${pointer}`;
}
