import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "test/bridges/types/",
      "test/bridges/.output/",
      "dist/",
      "test/package/project/",
      "examples/video-page/dist/",
      "generated/",
      "test/golden/*/",
      "test/cli/init/cases/",
      "coverage/",
    ],
  },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      // Numbers print as they are; only objects and undefined in a template are mistakes.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // An explicit comparison reads better than a chain of ?. and !.
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: true },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  {
    // What somebody wants who asks for logging and names no other place.
    files: ["templates/runtime/logging.ts"],
    rules: { "no-console": "off" },
  },
  {
    // Only a parameter of type `void` may be left out where its type depends on another one.
    files: ["templates/runtime/tanstack-query.ts"],
    rules: { "@typescript-eslint/no-invalid-void-type": "off" },
  },
  {
    // Programs for a terminal, as a reader would write them.
    files: ["examples/**/*.ts"],
    rules: { "no-console": "off" },
  },
  {
    files: ["**/*.js"],
    extends: [tseslint.configs.disableTypeChecked],
    // Their types stand in JSDoc, which this rule does not read; the compiler checks them.
    rules: { "@typescript-eslint/explicit-module-boundary-types": "off" },
  },
  {
    // It runs in a browser, whose names the compiler knows.
    files: ["generator/drift/report/html/page.js", "templates/site/site.js"],
    rules: { "no-undef": "off" },
  },
);
