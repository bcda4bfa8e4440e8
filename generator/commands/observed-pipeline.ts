import path from "node:path";
import { visible } from "../diagnostics/quoted.js";
import { displayPath } from "../document/read-file.js";
import type { Source } from "../document/source.js";
import { STAGES, type Pipeline, type Stage } from "./pipeline-port.js";

/** What a run is at. */
export interface ProgressStep {
  /** For people, on one line without invisible characters. */
  readonly what: string;
  /** How much of all that is known to be done is done: from 0 to 1. */
  readonly share: number;
}

/** Is told what a run is at whenever that changes. */
export type Progress = (step: ProgressStep) => void;

/**
 * The same line, which tells what it is at.
 *
 * @param files what becomes of files when they are made, such as `writing`; `undefined`: nothing that takes time
 */
export function observedPipeline(
  pipeline: Pipeline,
  progress: Progress,
  files: string | undefined,
): Pipeline {
  const work = { expected: 0, done: 0, generating: 0, files: 0 };
  const tell = (what: string): void => {
    progress({ what, share: work.expected === 0 ? 0 : work.done / work.expected });
  };
  return {
    ...pipeline,
    loadDocument: async (input) => {
      // What is watched is made again and again: each time from the start.
      if (work.done >= work.expected) Object.assign(work, { expected: 0, done: 0, files: 0 });
      work.expected += STAGES.length;
      tell(
        `reading ${visible(path.isAbsolute(input.file) ? displayPath(input.file) : input.file)}`,
      );
      const loaded = await pipeline.loadDocument(input);
      work.done += 1;
      return loaded;
    },
    generateService: async (source, options, _observe, known) => {
      work.generating += 1;
      const observe = (stage: Stage): void => {
        // Each stage that begins ends the one before it; what comes before the first one was loading.
        if (stage !== "resolve") work.done += 1;
        tell(stageText(source, stage));
      };
      const made = await pipeline.generateService(source, options, observe, known);
      work.generating -= 1;
      work.done += 1;
      work.files += made.value?.files.length ?? 0;
      if (work.generating === 0 && files !== undefined) tell(`${files} ${work.files} files`);
      return made;
    },
    compare: (request) => {
      tell(`comparing ${visible(request.old.file.path)} with ${visible(request.new.file.path)}`);
      return pipeline.compare(request);
    },
    makePages: (source, options) => {
      tell(`${visible(source.file.path)}: pages`);
      return pipeline.makePages(source, options);
    },
  };
}

/** `specs/peertube.yaml: types 4/6` */
function stageText({ file }: Source, stage: Stage): string {
  return `${visible(file.path)}: ${stage} ${STAGES.indexOf(stage) + 1}/${STAGES.length}`;
}
