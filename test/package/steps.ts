/** A run of driftline in a user's project, and what has to come of it. */
export interface Step {
  readonly args: readonly string[];
  /** The exit code. */
  readonly code: number;
  /** What has to stand in the output. */
  readonly shows: RegExp;
  /** Whether it finds everything where `generate` does: it is run with each package manager once, and by npm always. */
  readonly isLikeGenerate?: true;
  /** A file that has to be there afterwards. */
  readonly leaves?: string;
}

const CLIENT = ["--input", "petstore.yaml", "--output", "src/api"];

/** In this order: later steps need what earlier ones write. */
export const STEPS: readonly Step[] = [
  { args: ["--version"], code: 0, shows: /^\d+\.\d+\.\d+/m, isLikeGenerate: true },
  { args: ["generate", ...CLIENT], code: 0, shows: /src\/api/, leaves: "src/api/index.ts" },
  {
    args: [
      "generate",
      "--input",
      "petstore.yaml",
      "--output",
      "src/js",
      "--language",
      "javascript",
    ],
    code: 0,
    shows: /src\/js/,
    leaves: "src/js/index.js",
    isLikeGenerate: true,
  },
  { args: ["check", ...CLIENT], code: 0, shows: /Up to date/ },
  {
    args: ["docs", "--input", "petstore.yaml", "--output", "site"],
    code: 0,
    shows: /site/,
    isLikeGenerate: true,
    leaves: "site/index.html",
  },
  {
    args: [
      "diff",
      "petstore.yaml",
      "petstore-2.yaml",
      "--report",
      "text",
      "--report",
      "html=diff.html",
    ],
    code: 1,
    shows: /POST \/pets/,
    isLikeGenerate: true,
    leaves: "diff.html",
  },
  {
    args: ["bundle", "--input", "petstore.yaml", "--overlay", "overlay.yaml"],
    code: 0,
    shows: /title: Animals/,
    isLikeGenerate: true,
  },
  {
    args: ["init", "petstore.yaml", "--yes", "--no-scripts", "--output", "src/clients"],
    code: 0,
    shows: /new PetStore\(/,
    leaves: "driftline.yaml",
    isLikeGenerate: true,
  },
  { args: ["explain", "unsafe-integer"], code: 0, shows: /Why it matters/, isLikeGenerate: true },
];
