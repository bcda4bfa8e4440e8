import type { GeneratedFile } from "./generated-file.js";

/** The one shape of the output. Given in full, so that no configuration file nearby has a say. */
const OPTIONS = { parser: "typescript", printWidth: 100, endOfLine: "lf" } as const;

/** Formats TypeScript files with prettier, in the order in which they are given. Throws on text that is no TypeScript. */
export async function formatFiles(
  files: readonly GeneratedFile[],
): Promise<readonly GeneratedFile[]> {
  const [prettier, estree, typescript] = await Promise.all([
    import("prettier/standalone"),
    import("prettier/plugins/estree"),
    import("prettier/plugins/typescript"),
  ]);
  const options = { ...OPTIONS, plugins: [estree.default, typescript.default] };
  return Promise.all(
    files.map(async (file) => ({
      path: file.path,
      text: await prettier.format(file.text, options),
    })),
  );
}
