import { pageHeader } from "../output/header.js";
import type { Reference } from "../reference/reference.js";
import { classPage } from "./class-page.js";
import { pageContexts } from "./markdown/page-context.js";
import { modelPage } from "./model-page.js";
import type { Page } from "./page.js";
import { pagePaths } from "./page-paths.js";
import { readmePage } from "./readme-page.js";
import { readTemplates, type PageTemplates } from "./templates.js";
import type { Writing } from "./writing.js";

/** What makes each page of a service, so that several threads can share the work. */
export function pageMakers(
  reference: Reference,
  templates: PageTemplates,
): readonly (() => Page)[] {
  const paths = pagePaths(reference);
  const contextOf = pageContexts(paths);
  const fill = readTemplates(templates);
  const header = pageHeader(reference.title, reference.version);
  const maker = (path: string, title: string, write: (writing: Writing) => string) => (): Page => {
    const text = write({ ...contextOf(path), reference, fill });
    return { path, title, text: `${header}\n${text}\n` };
  };
  return [
    maker(paths.readme, reference.clientName, readmePage),
    ...reference.classes.map((described) =>
      maker(paths.ofClass(described.className), described.className, (writing) =>
        classPage(described, writing),
      ),
    ),
    ...reference.models.map((model) => {
      const { name } = model.declaration;
      return maker(paths.ofType(name) ?? "", name, (writing) => modelPage(model, writing));
    }),
  ];
}

/** The folder of the pages below that of their client. */
export const PAGES_FOLDER = "docs";
