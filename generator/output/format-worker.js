import { parentPort } from "node:worker_threads";
import { formatFiles } from "./format.js";

/*
 * The thread of `format-thread.ts`: formats what it is sent, and answers under the same id.
 */

/** @typedef {import("./format-thread.js").FormatRequest} FormatRequest */
/** @typedef {import("./format-thread.js").FormatAnswer} FormatAnswer */

// Loads the formatter while the other thread has nothing to format yet.
void formatFiles([]);

parentPort?.on("message", ({ id, files }) => {
  void formatFiles(files).then(
    (formatted) => {
      answer({ id, files: formatted });
    },
    (error) => {
      answer({ id, problem: error instanceof Error ? error.message : String(error) });
    },
  );
});

/** @param {FormatAnswer} message */
function answer(message) {
  parentPort?.postMessage(message);
}
