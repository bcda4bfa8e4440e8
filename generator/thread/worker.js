import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";
import { register } from "tsx/cjs/api";
import { formatRest } from "../output/format.js";

/*
 * The second thread. It loads TypeScript by `require`, because before Node.js 22 the hooks behind `import` need a
 * thread of their own for every thread that uses them, which takes longer than what is loaded here.
 */

/** @typedef {import("./tasks.js").Request} Request */
/** @typedef {import("./tasks.js").Answer} Answer */
/** @typedef {import("./tasks.js").Tasks} Tasks */
/** @typedef {typeof import("../document/load.js")} Load */

register();
const { loadSource } = /** @type {Load} */ (createRequire(import.meta.url)("../document/load.ts"));

/** @type {Tasks} */
const tasks = {
  // The first document is needed before the others are.
  load: oneAtATime((file) => loadSource(file)),
  format: ({ files, taken }) => formatRest(files, taken),
};

parentPort?.on("message", (/** @type {Request} */ request) => {
  void perform(request).then(
    (value) => {
      answer({ id: request.id, value });
    },
    (error) => {
      answer({
        id: request.id,
        problem: error instanceof Error ? (error.stack ?? error.message) : String(error),
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
