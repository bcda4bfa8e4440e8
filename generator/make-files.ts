import { emitApi, type SameTexts } from "./emit/emit.js";
import type { PageFiles, PagesInput } from "./make-pages.js";
import type { ApiModel } from "./model/api-model.js";
import type { GeneratedFile } from "./output/generated-file.js";
import type { Keys } from "./output/known-files.js";

/** What is to be made of a model. */
export interface WantedFiles {
  readonly model: ApiModel;
  /** The way from the files to the runtime's folder. */
  readonly runtime: string;
  /** Gives the texts of files that are known already; finding them takes time, in which others may be at work. */
  readonly same: () => SameTexts;
  /** `undefined`: no pages. */
  readonly pages: WantedPages | undefined;
}

/** Pages that are to be made. */
export interface WantedPages {
  readonly input: PagesInput;
  /** What those are made of that need not be made again: see `pageFiles`. */
  readonly known: Keys | undefined;
}

/** What was made of a model. */
export interface MadeFiles {
  readonly printed: readonly GeneratedFile[];
  /** `undefined` where none were wanted. */
  readonly pages: PageFiles | undefined;
}

/** The end of the line, on this thread. Of what makes pages nothing is loaded where none are wanted. */
export async function makeFiles({ model, runtime, same, pages }: WantedFiles): Promise<MadeFiles> {
  const printed = emitApi(model, runtime, same());
  if (pages === undefined) return { printed, pages };
  const { pageFiles } = await import("./make-pages.js");
  return { printed, pages: await pageFiles(pages.input, pages.known) };
}
