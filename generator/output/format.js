/*
 * JavaScript, because a worker thread loads it: before Node.js 22 nothing can load TypeScript there.
 */

/** @typedef {import("./generated-file.js").GeneratedFile} GeneratedFile */

/**
 * The one shape of the output. Given in full, so that no configuration file nearby has a say. Babel's parser gives the
 * same text as that of TypeScript in two thirds of the time.
 *
 * @type {import("prettier").Options}
 */
const OPTIONS = { parser: "babel-ts", printWidth: 100, endOfLine: "lf" };

/**
 * Formats a TypeScript file with prettier. Throws on text that is no TypeScript.
 *
 * @param {GeneratedFile} file
 * @returns {Promise<GeneratedFile>}
 */
export async function formatFile(file) {
  const [prettier, estree, babel] = await Promise.all([
    import("prettier/standalone"),
    import("prettier/plugins/estree"),
    import("prettier/plugins/babel"),
  ]);
  const options = { ...OPTIONS, plugins: [estree.default, babel.default] };
  return { path: file.path, text: await prettier.format(file.text, options) };
}

/**
 * Formats files one after the other, and gives them in their order.
 *
 * @param {readonly GeneratedFile[]} files
 * @returns {Promise<readonly GeneratedFile[]>}
 */
export async function formatFiles(files) {
  return Promise.all(files.map(formatFile));
}

/**
 * Formats those files that nobody else has taken, the longest first: each file is formatted by one of the threads
 * that are given the same `taken`.
 *
 * @param {readonly GeneratedFile[]} files
 * @param {Int32Array} taken in shared memory; for each file 0, or 1 once a thread has it
 * @param {() => Promise<void>} [free] fulfilled when this thread has time for one more file
 * @returns {Promise<readonly (GeneratedFile | undefined)[]>} `undefined` for the files of others
 */
export async function formatRest(files, taken, free) {
  const formatted = files.map(() => /** @type {GeneratedFile | undefined} */ (undefined));
  const longestFirst = [...files.entries()].sort(
    ([, left], [, right]) => right.text.length - left.text.length,
  );
  for (const [index, file] of longestFirst) {
    await free?.();
    if (Atomics.exchange(taken, index, 1) === 0) formatted[index] = await formatFile(file);
  }
  return formatted;
}
