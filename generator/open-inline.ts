import type { Pipeline } from "./commands/pipeline-port.js";
import type * as Line from "./pipeline.js";
import { helpers, runtimeFiles, siteAssets } from "./templates.js";

/**
 * The line on the thread of whoever calls it, for programs that are no driftline: nothing of it stays behind, and it is
 * loaded by the first call that needs it.
 */
export function openInline(): Pipeline {
  const line = (): Promise<typeof Line> => import("./pipeline.js");
  return {
    loadDocument: async (input) => (await import("./load-document.js")).loadDocument(input),
    examineSource: async (source, options) => (await line()).examineSource(source, options),
    generateService: async (source, options) => (await line()).generateService(source, options),
    compare: async (request) => (await import("./compare-services.js")).compareForCommand(request),
    makePages: async (source, options) => (await line()).makePages(source, options),
    translate: async (files, language) =>
      (await import("./javascript/javascript.js")).translated(files, language),
    runtimeFiles,
    siteAssets,
    helpers,
    diagnose: async (source, options, title, isBroken) =>
      (await line()).diagnoseService(source, options, title, isBroken),
    inspectOperation: async (source, options, operation, stage) =>
      (await line()).inspectOperation(source, options, operation, stage),
  };
}
