import type { PageFile } from "./page-files.js";
import { sectionsOf, type Section } from "./sections.js";

/** What a page of a class tells of one method. */
export interface OperationSection extends Section {
  /** The path of the page. */
  readonly page: string;
}

/** The pages of classes, which lie beside the first page. */
export function classPages(pages: readonly PageFile[]): readonly PageFile[] {
  return pages.filter(({ path }) => !path.includes("/") && path !== "README.md");
}

/** The section of each method, by class page and method: `SessionApi.md#getOAuthToken`. */
export function operationSections(
  pages: readonly PageFile[],
): ReadonlyMap<string, OperationSection> {
  return new Map(
    classPages(pages).flatMap((page) =>
      sectionsOf(page, 2).map((section) => [
        `${page.path}#${section.title}`,
        { ...section, page: page.path },
      ]),
    ),
  );
}
