import type { NamedBy } from "../resolve/resolved-api.js";
import { assignNames, assignPinned, shortHash, type Candidate } from "./collisions.js";
import { RESERVED_FILE_STEMS, RESERVED_MEMBERS } from "./reserved.js";
import { camelCase, kebabCase, pascalCase } from "./words.js";

export interface ClassNames {
  readonly tag: string | undefined;
  readonly className: string;
  readonly propertyName: string;
  readonly fileStem: string;
}

/** What a class can be called, for each tag that is the first of an operation. */
export function classCandidates(operations: readonly NamedBy[]): readonly Candidate[] {
  return tagsOf(operations).map((tag) => ({ identity: tagIdentity(tag), names: classNames(tag) }));
}

/**
 * The class, client property and file of each tag that is the first of an operation. Untagged ones share `DefaultApi`.
 *
 * @param isTaken whether a class cannot have a name
 * @param otherFiles the names of files that stand beside those of classes, without ending
 * @param kept the classes that keep their names, by {@link tagIdentity}
 * @param pinned what properties and files were called, by the same
 */
export function nameClasses(
  operations: readonly NamedBy[],
  isTaken: (name: string) => boolean,
  otherFiles: ReadonlySet<string>,
  kept: ReadonlyMap<string, string>,
  pinned: Readonly<Record<"properties" | "files", ReadonlyMap<string, string>>>,
): readonly ClassNames[] {
  const tags = tagsOf(operations);
  const classes = assignNames(classCandidates(operations), { taken: isTaken, kept });
  const properties = assignPinned(
    tags.map((tag) => ({ identity: tagIdentity(tag), names: propertyNames(tag) })),
    pinned.properties,
    { taken: (name) => RESERVED_MEMBERS.has(name) },
  );
  const files = assignPinned(
    tags.map((tag) => ({
      identity: tagIdentity(tag),
      names: fileStems(tag, classes.get(tagIdentity(tag)) ?? ""),
    })),
    pinned.files,
    {
      taken: (name) => RESERVED_FILE_STEMS.has(name) || otherFiles.has(name),
      separator: "-",
    },
  );
  return tags.map((tag) => ({
    tag,
    className: classes.get(tagIdentity(tag)) ?? "",
    propertyName: properties.get(tagIdentity(tag)) ?? "",
    fileStem: files.get(tagIdentity(tag)) ?? "",
  }));
}

function tagsOf(operations: readonly NamedBy[]): readonly (string | undefined)[] {
  return [...new Set(operations.map((operation) => operation.tag))];
}

/** What tells the class of a tag apart from those of others, and from that of operations without tags. */
export function tagIdentity(tag: string | undefined): string {
  return tag === undefined ? "untagged" : `tag ${tag}`;
}

/** A tag such as `user APIs` says already that it is an API. */
function withoutApi(tag: string): string {
  const shorter = tag.replace(/[\s_-]+apis?$/i, "");
  return pascalCase(shorter) === "" ? tag : shorter;
}

function classNames(tag: string | undefined): readonly string[] {
  if (tag === undefined) return ["DefaultApi", "UntaggedApi"];
  return [`${pascalCase(withoutApi(tag))}Api`, `${pascalCase(tag)}Api`].filter(
    (name) => name !== "Api",
  );
}

function propertyNames(tag: string | undefined): readonly string[] {
  if (tag === undefined) return ["default", "untagged"];
  const short = camelCase(withoutApi(tag));
  return [short, camelCase(tag), `${short}Api`].filter((name) => name !== "" && name !== "Api");
}

function fileStems(tag: string | undefined, className: string): readonly string[] {
  if (tag === undefined) return ["default-api", "untagged-api"];
  const stem = kebabCase(withoutApi(tag));
  const full = kebabCase(tag);
  const unnamed = `tag-${shortHash(className)}`;
  return stem === "" || full === "" ? [unnamed] : [`${stem}-api`, `${full}-api`];
}
