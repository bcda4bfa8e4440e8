import type { Pipeline } from "../../generator/commands/pipeline-port.js";
import { compareForCommand } from "../../generator/compare-services.js";
import { diagnose } from "../../generator/doctor/diagnose.js";
import { loadDocument } from "../../generator/load-document.js";
import {
  examineSource,
  generateService,
  inspectOperation,
  makePages,
} from "../../generator/pipeline.js";
import { helpers, runtimeFiles, siteAssets } from "../../generator/templates.js";

/** The whole line in this thread: what the program does, without a second one. */
export function realPipeline(): Pipeline {
  return {
    loadDocument: (input) => loadDocument(input),
    diagnose,
    examineSource: (source, options) => Promise.resolve(examineSource(source, options)),
    generateService: (source, options, observe, known) =>
      generateService(source, options, observe, known),
    compare: compareForCommand,
    makePages,
    translate: (files) => Promise.resolve(files),
    runtimeFiles,
    siteAssets,
    helpers,
    inspectOperation: (source, options, operation, stage) =>
      Promise.resolve(inspectOperation(source, options, operation, stage)),
  };
}
