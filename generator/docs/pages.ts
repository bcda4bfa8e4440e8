import { pageHeader } from "../output/header.js";
import { keyOf } from "../output/known-files.js";
import type { ClassReference, ModelReference, Reference } from "../reference/reference.js";
import { classPage, type ClassPageContext } from "./class-page.js";
import { pageContexts } from "./markdown/page-context.js";
import { modelPage } from "./model-page.js";
import type { Page } from "./page.js";
import { pagePaths, placedIn } from "./page-paths.js";
import { readmePage } from "./readme-page.js";
import { readTemplates, type PageTemplates } from "./templates.js";

/** What makes a page of a service. */
export interface PageMaker {
  /** Relative to the folder of the pages. */
  readonly path: string;
  /** {@link keyOf} all that the page is made of; `undefined` for the first page, which tells of everything. */
  readonly key: (() => string) | undefined;
  readonly make: () => Page;
}

/** What makes each page of a service. */
export function pageMakers(reference: Reference, templates: PageTemplates): readonly PageMaker[] {
  const paths = pagePaths(reference);
  const contextOf = pageContexts(paths);
  const fill = readTemplates(templates);
  const header = pageHeader(reference.title, reference.version);
  const { clientVariable, servers } = reference;
  const ofClient: ClassPageContext = { clientVariable, servers };
  const page = (path: string, title: string, text: string): Page => ({
    path,
    title,
    text: `${header}\n${text}\n`,
  });
  let common: string | undefined;
  const keyWith = (described: ClassReference | ModelReference): string => {
    common ??= keyOf([header, placedIn(reference), ofClient]);
    return keyOf([common, described]);
  };
  const { readme } = paths;
  return [
    {
      path: readme,
      key: undefined,
      make: () =>
        page(readme, reference.clientName, readmePage({ ...contextOf(readme), fill, reference })),
    },
    ...reference.classes.map((described): PageMaker => {
      const { className } = described;
      const path = paths.ofClass(className);
      const make = (): Page =>
        page(path, className, classPage(described, ofClient, { ...contextOf(path), fill }));
      return { path, key: () => keyWith(described), make };
    }),
    ...reference.models.map((model): PageMaker => {
      const { name } = model.declaration;
      const path = paths.ofType(name) ?? "";
      const make = (): Page => page(path, name, modelPage(model, { ...contextOf(path), fill }));
      return { path, key: () => keyWith(model), make };
    }),
  ];
}

/** The folder of the pages below that of their client. */
export const PAGES_FOLDER = "docs";
