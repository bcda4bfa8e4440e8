import type { ServicePages } from "./commands/pipeline-port.js";
import { PAGES_FOLDER, pageMakers, type PageMaker } from "./docs/pages.js";
import type { ApiModel } from "./model/api-model.js";
import type { GeneratedFile } from "./output/generated-file.js";
import type { Keys } from "./output/known-files.js";
import { describeApi } from "./reference/describe.js";
import type { ReferenceSettings } from "./reference/describing.js";
import type { Reference } from "./reference/reference.js";
import { pageTemplates } from "./templates.js";
import type { TypeTable } from "./types/types.js";

/** What pages are made of: plain data, which another thread can be given. */
export interface PagesInput extends ReferenceSettings {
  readonly types: TypeTable;
  readonly model: ApiModel;
}

/** The end of the line for pages: types and model -> reference -> pages. */
export async function pagesOf(input: PagesInput): Promise<ServicePages> {
  const { reference, makers } = await makersOf(input);
  return { reference, pages: makers.map(({ make }) => make()) };
}

async function makersOf({
  types,
  model,
  ...settings
}: PagesInput): Promise<{ readonly reference: Reference; readonly makers: readonly PageMaker[] }> {
  const reference = describeApi(types, model, settings);
  return { reference, makers: pageMakers(reference, await pageTemplates()) };
}

/** The pages of a service as files of its folder. */
export interface PageFiles {
  /** Those that are not known already. */
  readonly files: readonly GeneratedFile[];
  /** What all are made of. */
  readonly keys: Keys;
}

/**
 * The pages of a service as files of its folder.
 *
 * @param known what the pages are made of that need not be made again; `undefined`: nobody wants to know what they are
 * made of
 */
export async function pageFiles(input: PagesInput, known?: Keys): Promise<PageFiles> {
  const { makers } = await makersOf(input);
  const files: GeneratedFile[] = [];
  const keys = new Map<string, string>();
  for (const maker of makers) {
    const path = `${PAGES_FOLDER}/${maker.path}`;
    const key = known === undefined ? undefined : maker.key?.();
    if (key !== undefined) keys.set(path, key);
    if (key === undefined || known?.get(path) !== key)
      files.push({ path, text: maker.make().text });
  }
  return { files, keys };
}
