import { sectionPlace } from "./sections.js";
import { linkTo, type Writing } from "./writing.js";

/** The last line of a page: where to go from here. */
export function linksBack(writing: Writing): {
  readonly operations: string;
  readonly models: string;
  readonly readme: string;
} {
  const { paths } = writing;
  return {
    operations: linkTo(writing, "Operations", sectionPlace(paths, "operations")),
    models: linkTo(writing, "Models", sectionPlace(paths, "models")),
    readme: linkTo(writing, "README", paths.readme),
  };
}
