/*
 * JavaScript, because a worker thread loads it: before Node.js 22 nothing can load TypeScript there.
 */

/** @typedef {import("./generated-file.js").GeneratedFile} GeneratedFile */

/**
 * The one shape of the output. Given in full, so that no configuration file nearby has a say.
 *
 * @type {import("prettier").Options}
 */
const OPTIONS = { parser: "babel-ts", printWidth: 100, endOfLine: "lf" };

/**
 * Formats TypeScript files with prettier, in the order in which they are given. Throws on text that is no TypeScript.
 *
 * @param {readonly GeneratedFile[]} files
 * @returns {Promise<readonly GeneratedFile[]>}
 */
export async function formatFiles(files) {
  const [prettier, estree, babel] = await Promise.all([
    import("prettier/standalone"),
    import("prettier/plugins/estree"),
    import("prettier/plugins/babel"),
  ]);
  const options = { ...OPTIONS, plugins: [estree.default, babel.default] };
  return Promise.all(
    files.map(async (file) => ({
      path: file.path,
      text: await prettier.format(file.text, options),
    })),
  );
}
