import { createRequire } from "node:module";
import { setImmediate as everythingElse } from "node:timers/promises";
import type { Pipeline } from "./commands/pipeline-port.js";
import type * as CompareServices from "./compare-services.js";
import type * as LoadDocument from "./load-document.js";
import type * as Bridges from "./make-bridges.js";
import type * as JavaScript from "./javascript/javascript.js";
import type * as Pages from "./make-pages.js";
import type * as Line from "./pipeline.js";
import { helpers, runtimeFiles, siteAssets } from "./templates.js";
import type * as MakeTogether from "./thread/make-together.js";
import { readTogether } from "./thread/read-together.js";
import { startSecondThread } from "./thread/second-thread.js";

const require = createRequire(import.meta.url);

type Load = Pipeline["loadDocument"];

/**
 * The line on two threads. Both read documents first, then this one goes through the stages; the second one makes pages,
 * and both print what is left. To make whole services on each was tried when that meant to load a whole compiler twice:
 * the three services took 0.8 s more of CPU, and no less time.
 */
export function openPipeline(): Pipeline {
  // A run that has nothing to make needs none.
  let started: ReturnType<typeof startSecondThread> | undefined;
  const thread = (): ReturnType<typeof startSecondThread> => (started ??= startSecondThread());
  const prepared = new Map<Parameters<Load>[0], ReturnType<Load>>();
  const read = readTogether(
    (input) => (require("./load-document.ts") as typeof LoadDocument).loadDocument(input),
    (input) => thread().load(input),
  );
  let loading: ReturnType<typeof loadLine> | undefined;
  const line = (): ReturnType<typeof loadLine> => (loading ??= loadLine());
  return {
    prepareDocument: (input) => {
      // One is enough for the other thread: this one may be free for the next.
      if (prepared.size > 0) return;
      const loaded = thread().load(input);
      // Whoever asks for it is told of an error.
      loaded.catch(() => undefined);
      prepared.set(input, loaded);
    },
    loadDocument: (input) => {
      const loaded = prepared.get(input) ?? read(input);
      prepared.delete(input);
      // Whoever needs the line later is told of an error in this.
      line().catch(() => undefined);
      return loaded;
    },
    examineSource: async (source, options) => (await line()).examineSource(source, options),
    generateService: async (source, options, observe, known) => {
      const { generateService, makeTogether } = await line();
      // Whoever asks for the task is told of an error.
      thread()
        .prepare(options.pages === undefined ? "print" : "pages")
        .catch(() => undefined);
      return generateService(source, options, observe, known, {
        makeFiles: (wanted) => makeTogether(wanted, thread()),
        loadBridges,
      });
    },
    compare: async (request) => {
      await line();
      return (require("./compare-services.ts") as typeof CompareServices).compareForCommand(
        request,
      );
    },
    makePages: async (source, options) => (await line()).makePages(source, options, loadPages),
    translate: async (files, language) =>
      (require("./javascript/javascript.ts") as typeof JavaScript).translated(files, language),
    runtimeFiles,
    siteAssets,
    helpers,
    diagnose: async (source, options, title, isBroken) =>
      (await line()).diagnoseService(source, options, title, isBroken),
    inspectOperation: async (source, options, operation, stage) =>
      (await line()).inspectOperation(source, options, operation, stage),
  };
}

function loadPages(): typeof Pages {
  return require("./make-pages.ts") as typeof Pages;
}

function loadBridges(): typeof Bridges {
  return require("./make-bridges.ts") as typeof Bridges;
}

/** Loads the line, by `require` as `load-typescript.js` tells; that blocks, so that documents are asked for before. */
async function loadLine(): Promise<typeof Line & typeof MakeTogether> {
  await everythingElse();
  return {
    ...(require("./pipeline.ts") as typeof Line),
    ...(require("./thread/make-together.ts") as typeof MakeTogether),
  };
}
