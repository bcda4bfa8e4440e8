import { createRequire } from "node:module";
import path from "node:path";
import { defineConfig } from "vitest/config";

/* The tests of the plugin once more, with each older version of Vite that package.json says it works with. */

const require = createRequire(import.meta.url);

export default defineConfig({
  test: {
    testTimeout: 60_000,
    projects: ["6", "7"].map((major) => ({
      extends: true as const,
      resolve: { alias: { vite: entryOf(`vite-${major}`) } },
      test: {
        name: `Vite ${major}`,
        include: ["test/vite/plugin.test.ts"],
        env: { VITE_MAJOR: major },
      },
    })),
  },
});

/** The file that `import ... from "vite"` means in a package. */
function entryOf(name: string): string {
  return path.join(path.dirname(require.resolve(`${name}/package.json`)), "dist/node/index.js");
}
