import type { NamedBy } from "../resolve/resolved-api.js";
import { assignNames, shortHash } from "./collisions.js";
import { RESERVED_FILE_STEMS, RESERVED_MEMBERS } from "./reserved.js";
import { camelCase, kebabCase, pascalCase } from "./words.js";

export interface ClassNames {
  readonly tag: string | undefined;
  readonly className: string;
  readonly propertyName: string;
  readonly fileStem: string;
}

/**
 * The class, client property and file of each tag that is the first of an operation. Untagged ones share `DefaultApi`.
 *
 * @param isTaken whether a class cannot have a name
 * @param otherFiles the names of files that stand beside those of classes, without ending
 */
export function nameClasses(
  operations: readonly NamedBy[],
  isTaken: (name: string) => boolean,
  otherFiles: ReadonlySet<string>,
): readonly ClassNames[] {
  const tags = [...new Set(operations.map((operation) => operation.tag))];
  const classes = assignNames(
    tags.map((tag) => ({ identity: identity(tag), names: classNames(tag) })),
    { taken: isTaken },
  );
  const properties = assignNames(
    tags.map((tag) => ({ identity: identity(tag), names: propertyNames(tag) })),
    { taken: (name) => RESERVED_MEMBERS.has(name) },
  );
  const files = assignNames(
    tags.map((tag) => ({
      identity: identity(tag),
      names: fileStems(tag, classes.get(identity(tag)) ?? ""),
    })),
    {
      taken: (name) => RESERVED_FILE_STEMS.has(name) || otherFiles.has(name),
      separator: "-",
    },
  );
  return tags.map((tag) => ({
    tag,
    className: classes.get(identity(tag)) ?? "",
    propertyName: properties.get(identity(tag)) ?? "",
    fileStem: files.get(identity(tag)) ?? "",
  }));
}

function identity(tag: string | undefined): string {
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
