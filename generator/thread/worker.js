import { setImmediate as everythingElse } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import { typeScriptRequire } from "../load-typescript.js";

/* The second thread. */

/** @typedef {import("./tasks.js").Request} Request */
/** @typedef {import("./tasks.js").Answer} Answer */
/** @typedef {import("./tasks.js").Tasks} Tasks */
/** @typedef {typeof import("../load-document.js")} Load */
/** @typedef {typeof import("../make-pages.js")} Pages */
/** @typedef {typeof import("./print-rest.js")} PrintRest */

const require = typeScriptRequire(import.meta.url);
const { loadDocument } = /** @type {Load} */ (require("../load-document.ts"));

/** What is loaded late. */
const MAKERS = {
  pages: () => /** @type {Pages} */ (require("../make-pages.ts")),
  print: () => /** @type {PrintRest} */ (require("./print-rest.ts")),
};

/** @type {Tasks} */
const tasks = {
  // The first document is needed before the others are.
  load: oneAtATime((input) => loadDocument(input)),
  prepare: async (task) => void MAKERS[task](),
  make: async ({ printing, pages: wanted }) => {
    const pages = wanted && (await MAKERS.pages().pageFiles(wanted.input, wanted.known));
    const { taken } = printing;
    // Pages of other services come first, and what prints is not loaded where nothing is left.
    await everythingElse();
    const printed = taken.includes(0)
      ? await MAKERS.print().printRest(printing, [...taken.keys()], everythingElse)
      : [];
    return { printed, pages };
  },
};

parentPort?.on("message", (/** @type {Request} */ request) => {
  void perform(request).then(
    (value) => {
      answer({ id: request.id, value });
    },
    (error) => {
      answer({
        id: request.id,
        problem:
          error instanceof Error
            ? { message: error.message, stack: error.stack }
            : { message: String(error), stack: undefined },
      });
    },
  );
});

/** @param {Request} request */
function perform({ task, input }) {
  const run = /** @type {(value: unknown) => Promise<unknown>} */ (tasks[task]);
  return run(input);
}

/** @param {Answer} message */
function answer(message) {
  parentPort?.postMessage(message);
}

/**
 * @template A, B
 * @param {(input: A) => Promise<B>} run
 * @returns {(input: A) => Promise<B>}
 */
function oneAtATime(run) {
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  return (input) => {
    const result = last.then(() => run(input));
    last = result.catch(() => undefined);
    return result;
  };
}
