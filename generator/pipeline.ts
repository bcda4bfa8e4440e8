import type {
  GeneratedService,
  Observe,
  ServiceOptions,
  ServicePages,
  Stage,
} from "./commands/pipeline-port.js";
import type { Diagnostic, Outcome } from "./diagnostics/diagnostic.js";
import type { Source } from "./document/source.js";
import { specificationName } from "./document/version.js";
import { diagnose, type Diagnosis } from "./doctor/diagnose.js";
import { emitApi } from "./emit/emit.js";
import { inspectStages } from "./inspect.js";
import type * as Bridges from "./make-bridges.js";
import type * as Pages from "./make-pages.js";
import type { ApiModel } from "./model/api-model.js";
import type { GeneratedFile } from "./output/generated-file.js";
import { examineStages, runStages } from "./stages.js";
import type { TypeTable } from "./types/types.js";

/** What prints a model: `emitApi`, or another thread that does. */
export type Print = (
  model: ApiModel,
  runtime: string,
) => readonly GeneratedFile[] | Promise<readonly GeneratedFile[]>;

/** What makes the files of pages: `pageFiles`, or another thread that does. Where none are wanted, nothing is loaded. */
export type MakePageFiles = typeof Pages.pageFiles;

const makePageFiles: MakePageFiles = async (input) =>
  (await import("./make-pages.js")).pageFiles(input);

/** What loads that which makes bridges. */
export type LoadBridges = () => typeof Bridges | Promise<typeof Bridges>;

const loadBridges: LoadBridges = () => import("./make-bridges.js");

/**
 * The line: source -> resolve -> name -> types -> model -> emit. Each stage sees only what the one before it gave
 * back; one with errors ends the line. Helpers come with it, as they are.
 */
export async function generateService(
  source: Source,
  options: ServiceOptions,
  observe?: Observe,
  print: Print = emitApi,
  makeFiles: MakePageFiles = makePageFiles,
  bridges: LoadBridges = loadBridges,
): Promise<Outcome<GeneratedService>> {
  const { named, types, model, diagnostics } = runStages(source, options, observe);
  if (named === undefined || types === undefined || model === undefined)
    return { value: undefined, diagnostics };
  const helpers = (options.helpers ?? []).map(({ name, text }) => ({ path: `${name}.ts`, text }));
  observe?.("emit");
  // Both may be done by another thread, which begins with what takes longest.
  const pages = hasPages(options) ? makeFiles(pagesInput(source, types, model, options)) : [];
  const printed = print(model, options.runtime);
  const joined =
    options.bridges === undefined
      ? []
      : (await bridges()).bridgeFiles({ types, model, runtime: options.runtime }, options.bridges);
  const files = [...(await printed), ...helpers, ...joined, ...(await pages)];
  return { value: { files, pins: named.pins }, diagnostics };
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
