import { defineConfig } from "vitest/config";

// Not named like a test: `npm test` needs no Prism.
export default defineConfig({
  test: {
    include: ["test/prism/operations.ts", "test/prism/examples.ts"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
