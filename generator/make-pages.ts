import type { ServiceOptions, ServicePages } from "./commands/pipeline-port.js";
import type { Source } from "./document/source.js";
import { specificationName } from "./document/version.js";
import { PAGES_FOLDER, pageMakers } from "./docs/pages.js";
import type { ApiModel } from "./model/api-model.js";
import type { GeneratedFile } from "./output/generated-file.js";
import { describeApi } from "./reference/describe.js";
import { pageTemplates } from "./templates.js";
import type { TypeTable } from "./types/types.js";

/** The options of a service that is to have pages. */
export type PageOptions = ServiceOptions & Required<Pick<ServiceOptions, "pages">>;

/** The end of the line for pages: types and model -> reference -> pages. */
export async function pagesOf(
  { document }: Source,
  types: TypeTable,
  model: ApiModel,
  { pages, helpers = [] }: PageOptions,
): Promise<ServicePages> {
  const reference = describeApi(types, model, {
    ...pages,
    specification: specificationName(document),
    helperPages: helpers.flatMap(({ name, page }) =>
      page === undefined ? [] : [{ name, template: page }],
    ),
  });
  const makers = pageMakers(reference, await pageTemplates());
  return { reference, pages: makers.map((make) => make()) };
}

/** The pages of a service as files of its folder. */
export async function pageFiles(
  ...input: Parameters<typeof pagesOf>
): Promise<readonly GeneratedFile[]> {
  const { pages } = await pagesOf(...input);
  return pages.map(({ path, text }) => ({ path: `${PAGES_FOLDER}/${path}`, text }));
}
