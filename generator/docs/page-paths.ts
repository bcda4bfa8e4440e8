import { valueHash } from "../document/hashes.js";
import { inPageIdentity, type InPageTarget } from "../model/in-page-references.js";
import { isSafePath } from "../output/paths.js";
import type { Reference } from "../reference/reference.js";

/** Where the pages of a service are, relative to their folder, and the anchors on them. */
export interface PagePaths {
  readonly readme: string;
  /** The page of a class. */
  readonly ofClass: (className: string) => string;
  /** The page, with the anchor, of a method. */
  readonly ofMethod: (className: string, methodName: string) => string;
  /** The page of a type, with an anchor where it shares it; `undefined` for a name that no type has. */
  readonly ofType: (name: string) => string | undefined;
  /** The page, with the anchor, of a security scheme, by its name in the document. */
  readonly ofScheme: (name: string) => string;
  /**
   * Where a link of the document to a part of itself leads, such as `#operation/getVideo`, `#tag/Video` or
   * `#/components/schemas/Video`; `undefined` for every other URL, and where nothing has that name.
   */
  readonly ofReference: (url: string) => string | undefined;
}

/** What of a reference decides where it is told. */
export interface Placed extends Pick<Reference, "inPageTargets"> {
  readonly classes: readonly PlacedClass[];
  readonly models: readonly { readonly declaration: Named }[];
}

interface PlacedClass {
  readonly className: string;
  readonly operations: readonly { readonly declarations: readonly Named[] }[];
}

interface Named {
  readonly name: string;
}

/** What of a reference decides where it is told, as plain data: all that {@link pagePaths} looks at. */
export function placedIn({ classes, models, inPageTargets }: Placed): PlacedData {
  return {
    classes: classes.map(({ className, operations }) => [
      className,
      operations.flatMap(({ declarations }) => declarations.map(({ name }) => name)),
    ]),
    models: models.map(({ declaration: { name } }) => name),
    targets: [...inPageTargets],
  };
}

/** Names only. */
export interface PlacedData {
  readonly classes: readonly (readonly [string, readonly string[]])[];
  readonly models: readonly string[];
  readonly targets: readonly (readonly [string, InPageTarget])[];
}

/** Decides where everything of a reference is told. */
export function pagePaths(reference: Placed): PagePaths {
  const types = typePages(reference);
  const places = {
    readme: "README.md",
    ofClass: classPage,
    ofMethod: (className: string, methodName: string): string =>
      `${classPage(className)}#${methodAnchor(methodName)}`,
    ofType: (name: string): string | undefined => types.get(name),
    ofScheme: (name: string): string => `README.md#scheme-${stem(name)}`,
  };
  const ofReference = (url: string): string | undefined => {
    const target = reference.inPageTargets.get(inPageIdentity(url) ?? "");
    return target === undefined ? undefined : placeOf(target, places);
  };
  return { ...places, ofReference };
}

function placeOf(
  target: InPageTarget,
  { ofClass, ofMethod, ofType }: Pick<PagePaths, "ofClass" | "ofMethod" | "ofType">,
): string | undefined {
  switch (target.kind) {
    case "class":
      return ofClass(target.className);
    case "method":
      return ofMethod(target.className, target.methodName);
    case "type":
      return ofType(target.typeName);
  }
}

/** The anchor of a place: what stands behind its `#`; `undefined` for a whole page. */
export function anchorIn(place: string): string | undefined {
  const [, anchor] = place.split("#");
  return anchor;
}

/**
 * A place as a page links to it.
 *
 * @param page the page that has the link, relative to the folder of the pages
 * @param place a place of {@link PagePaths}
 */
export function linkFrom(page: string, place: string): string {
  const [file = "", anchor] = place.split("#");
  if (file === page && anchor !== undefined) return `#${anchor}`;
  const folder = page.slice(0, page.lastIndexOf("/") + 1);
  if (folder === "") return place;
  return place.startsWith(folder) ? place.slice(folder.length) : `../${place}`;
}

/** Types of `models.ts` have pages of their own; those of an operation are told with it. */
function typePages({ classes, models }: Placed): ReadonlyMap<string, string> {
  return new Map([
    ...classes.flatMap(ownTypes),
    ...models.map(({ declaration: { name } }) => [name, `models/${stem(name)}.md`] as const),
  ]);
}

function ownTypes({ className, operations }: PlacedClass): readonly (readonly [string, string])[] {
  return operations.flatMap(({ declarations }) =>
    declarations.map(({ name }) => [name, `${classPage(className)}#${stem(name)}`] as const),
  );
}

function classPage(className: string): string {
  return `${stem(className)}.md`;
}

/**
 * A heading has an anchor without being asked, made of its words in small letters. A method of one small word could
 * have the same one as a heading that every operation has, so that it is told to be a method.
 */
function methodAnchor(methodName: string): string {
  const anchor = stem(methodName);
  return anchor === anchor.toLowerCase() ? `method-${anchor}` : anchor;
}

/** Names of files that mean the folder that they are in. */
const FOLDER_NAMES: ReadonlySet<string> = new Set(["index", "readme"]);

/**
 * A name as part of a file name or of an anchor. Names in ASCII stay as they are, unless a file system or a web server
 * takes them for something else. Others end with a hash of what they were, behind a hyphen, which no identifier has.
 */
function stem(name: string): string {
  const isPlain = /^\w+$/.test(name) && isSafePath(`${name}.md`);
  if (isPlain && !FOLDER_NAMES.has(name.toLowerCase())) return name;
  const known = name.replace(/\W+/g, "").slice(0, LONGEST_STEM);
  return `${known === "" ? "name" : known}-${valueHash(name).slice(0, 8)}`;
}

/** How much of a name that is not kept is told, in characters. */
const LONGEST_STEM = 40;
