import type { ServicePages } from "./commands/pipeline-port.js";
import { PAGES_FOLDER, pageMakers } from "./docs/pages.js";
import type { ApiModel } from "./model/api-model.js";
import type { GeneratedFile } from "./output/generated-file.js";
import { describeApi } from "./reference/describe.js";
import type { ReferenceSettings } from "./reference/describing.js";
import { pageTemplates } from "./templates.js";
import type { TypeTable } from "./types/types.js";

/** What pages are made of: plain data, which another thread can be given. */
export interface PagesInput extends ReferenceSettings {
  readonly types: TypeTable;
  readonly model: ApiModel;
}

/** The end of the line for pages: types and model -> reference -> pages. */
export async function pagesOf({ types, model, ...settings }: PagesInput): Promise<ServicePages> {
  const reference = describeApi(types, model, settings);
  const makers = pageMakers(reference, await pageTemplates());
  return { reference, pages: makers.map((make) => make()) };
}

/** The pages of a service as files of its folder. */
export async function pageFiles(input: PagesInput): Promise<readonly GeneratedFile[]> {
  const { pages } = await pagesOf(input);
  return pages.map(({ path, text }) => ({ path: `${PAGES_FOLDER}/${path}`, text }));
}
