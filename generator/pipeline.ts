import type {
  GeneratedService,
  Observe,
  ServiceOptions,
  ServicePages,
  Stage,
} from "./commands/pipeline-port.js";
import type { Diagnostic, Outcome } from "./diagnostics/diagnostic.js";
import { preparePlaces } from "./diagnostics/locate.js";
import { valueHash } from "./document/hashes.js";
import type { Source } from "./document/source.js";
import { specificationName } from "./document/version.js";
import { diagnose, type Diagnosis } from "./doctor/diagnose.js";
import { fileKeys } from "./emit/print.js";
import { inspectStages } from "./inspect.js";
import { makeFiles } from "./make-files.js";
import type * as Bridges from "./make-bridges.js";
import type * as Pages from "./make-pages.js";
import type { ApiModel } from "./model/api-model.js";
import type { GeneratedFile } from "./output/generated-file.js";
import { keysOf, sameTexts, type Keys, type KnownFiles } from "./output/known-files.js";
import { examineStages, runStages } from "./stages.js";
import type { TypeTable } from "./types/types.js";

/** What the end of the line is done with. */
export interface Tools {
  /** What makes the files of a model: this thread, or several. */
  readonly makeFiles: typeof makeFiles;
  /** What loads that which makes bridges. */
  readonly loadBridges: () => typeof Bridges | Promise<typeof Bridges>;
}

const TOOLS: Tools = { makeFiles, loadBridges: () => import("./make-bridges.js") };

/**
 * The line: source -> resolve -> name -> types -> model -> emit. Each stage sees only what the one before it gave
 * back; one with errors ends the line. Helpers come with it, as they are.
 *
 * @param known files that need not be made again where they would be made of the same; `undefined`: nobody wants to know
 * what files are made of
 * @param tools Default: what does everything on this thread, of which nothing is loaded that is not needed
 */
export async function generateService(
  source: Source,
  options: ServiceOptions,
  observe?: Observe,
  known?: KnownFiles,
  tools: Partial<Tools> = {},
): Promise<Outcome<GeneratedService>> {
  const { makeFiles: make, loadBridges } = { ...TOOLS, ...tools };
  const { named, types, model, diagnostics } = runStages(source, options, observe);
  if (named === undefined || types === undefined || model === undefined)
    return { value: undefined, diagnostics };
  const helpers = (options.helpers ?? []).map(({ name, text }) => ({ path: `${name}.ts`, text }));
  observe?.("emit");
  let keys = NO_KEYS;
  const { runtime } = options;
  const making = make({
    model,
    runtime,
    same: () => {
      if (known === undefined) return new Map();
      keys = fileKeys(model, runtime);
      return sameTexts(keys, known);
    },
    pages: hasPages(options)
      ? { input: pagesInput(source, types, model, options), known: known && keysOf(known) }
      : undefined,
  });
  const joined =
    options.bridges === undefined
      ? []
      : (await loadBridges()).bridgeFiles({ types, model, runtime }, options.bridges);
  // What takes time and nobody else does: now, while others are at work.
  const document = valueHash(source.document);
  if (hasPages(options)) preparePlaces(source, diagnostics);
  const { printed, pages = NO_PAGES } = await making;
  const files = [...printed, ...helpers, ...joined, ...allPages(pages, known)];
  const value = { files, document, pins: named.pins, keys: new Map([...keys, ...pages.keys]) };
  return { value, diagnostics };
}

const NO_KEYS: Keys = new Map();
const NO_PAGES: Pages.PageFiles = { files: [], keys: NO_KEYS };

/** The pages that were made, and those that are known. */
function allPages(
  { files, keys }: Pages.PageFiles,
  known: KnownFiles = new Map(),
): readonly GeneratedFile[] {
  const made = new Set(files.map(({ path }) => path));
  const same = [...sameTexts(keys, known)].filter(([path]) => !made.has(path));
  return [...files, ...same.map(([path, text]) => ({ path, text }))];
}

/** The options of a service that is to have pages. */
type PageOptions = ServiceOptions & Required<Pick<ServiceOptions, "pages">>;

function hasPages(options: ServiceOptions): options is PageOptions {
  return options.pages !== undefined;
}

function pagesInput(
  { document }: Source,
  types: TypeTable,
  model: ApiModel,
  { pages, helpers = [] }: PageOptions,
): Pages.PagesInput {
  return {
    types,
    model,
    ...pages,
    specification: specificationName(document),
    helperPages: helpers.flatMap(({ name, page }) =>
      page === undefined ? [] : [{ name, template: page }],
    ),
  };
}

/** What loads that which makes pages. */
export type LoadPages = () => typeof Pages | Promise<typeof Pages>;

const loadPages: LoadPages = () => import("./make-pages.js");

/** The pages of a service by themselves, without its code. */
export async function makePages(
  source: Source,
  options: PageOptions,
  load: LoadPages = loadPages,
): Promise<Outcome<ServicePages>> {
  const { types, model, diagnostics } = runStages(source, options);
  if (types === undefined || model === undefined) return { value: undefined, diagnostics };
  const { pagesOf } = await load();
  return { value: await pagesOf(pagesInput(source, types, model, options)), diagnostics };
}

/** Everything that is found in a document of which no client is made. */
export function examineSource(source: Source, options: ServiceOptions): readonly Diagnostic[] {
  return examineStages(source, options).diagnostics;
}

/** What is wrong with a document, and which overlay repairs it. */
export function diagnoseService(
  source: Source,
  options: ServiceOptions,
  title: string,
  isBroken: boolean,
): Promise<Diagnosis> {
  return diagnose(source, options, title, isBroken);
}

/** What a stage made of one operation. */
export function inspectOperation(
  source: Source,
  options: ServiceOptions,
  operation: string,
  stage: Stage,
): Outcome<unknown> {
  return inspectStages(source, runStages(source, options), options, operation, stage);
}
