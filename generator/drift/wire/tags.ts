import { quoted } from "../../diagnostics/quoted.js";
import type { Operation } from "../../resolve/resolved-api.js";
import type { OperationPair } from "../change.js";
import { sameIn, spot, type Exchange, type PartChange } from "./wire-context.js";

/** The tags that are called something else now, by their old names. */
export type TagRenames = ReadonlyMap<string, string>;

/**
 * A tag was renamed where every operation that both documents have went over from it to one and the same new tag, and
 * no operation has it any more.
 */
export function renamedTags(pairs: readonly OperationPair[]): TagRenames {
  const olds = new Set(pairs.map(({ old }) => old?.tag));
  const news = new Set(pairs.map(({ new: now }) => now?.tag));
  const targets = new Map<string, Set<string | undefined>>();
  for (const { old, new: now } of pairs) {
    if (old?.tag === undefined || now === undefined || news.has(old.tag)) continue;
    targets.set(old.tag, (targets.get(old.tag) ?? new Set()).add(now.tag));
  }
  const renames = new Map<string, string>();
  for (const [tag, [target, ...others]] of targets) {
    if (target === undefined || others.length > 0 || olds.has(target)) continue;
    renames.set(tag, target);
  }
  return renames;
}

/** The first tag decides in which class an operation is. */
export function* compareTags(
  { old, new: now }: Exchange,
  renames: TagRenames,
): Generator<PartChange> {
  if (old.tag === now.tag) return;
  const isRename =
    old.tag !== undefined && now.tag !== undefined && renames.get(old.tag) === now.tag;
  yield {
    rule: isRename ? "tag-renamed" : "tag-changed",
    wire: "safe",
    direction: undefined,
    position: { kind: "operation" },
    path: [],
    old: spot(tagPlace(old), old.tag),
    new: spot(tagPlace(now), now.tag),
    cause: sameIn(old.tag, now.tag),
    message: message(old.tag, now.tag, isRename),
  };
}

function tagPlace({ pointer, tag }: Operation): string {
  return tag === undefined ? pointer : `${pointer}/tags`;
}

function message(old: string | undefined, now: string | undefined, isRename: boolean): string {
  if (old === undefined) return `The operation has the tag ${quoted(now ?? "")} now.`;
  if (now === undefined) return `The operation no longer has the tag ${quoted(old)}.`;
  return isRename
    ? `The tag ${quoted(old)} is called ${quoted(now)} now.`
    : `The tag of the operation is ${quoted(now)} now, no longer ${quoted(old)}.`;
}
