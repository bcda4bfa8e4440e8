export const PACKAGE_MANAGERS = ["npm", "pnpm", "yarn", "bun"] as const;
export type PackageManager = (typeof PACKAGE_MANAGERS)[number];

/** The file that each keeps the versions in that it installed. */
export const LOCK_FILES: Readonly<Record<string, PackageManager>> = {
  "package-lock.json": "npm",
  "npm-shrinkwrap.json": "npm",
  "pnpm-lock.yaml": "pnpm",
  "yarn.lock": "yarn",
  "bun.lock": "bun",
  "bun.lockb": "bun",
};

/**
 * The package manager of a project: the one that `packageManager` of its package.json names, else the one whose file is
 * nearest, else npm.
 *
 * @param field `packageManager` of package.json, such as `pnpm@9.1.0`
 * @param names the names of the files in the folder of the project, and in those around it, nearest first
 */
export function packageManagerOf(
  field: string | undefined,
  names: readonly (readonly string[])[],
): PackageManager {
  const named = PACKAGE_MANAGERS.find((name) => field?.startsWith(`${name}@`));
  if (named !== undefined) return named;
  for (const folder of names)
    for (const [file, manager] of Object.entries(LOCK_FILES))
      if (folder.includes(file)) return manager;
  return "npm";
}

/** The commands that people type. */
export interface Commands {
  /** Installs a package that is needed in development only. */
  readonly install: (what: string) => string;
  /** Runs a script of package.json. */
  readonly script: (name: string) => string;
  /** Runs a program of an installed package, or fetches the package for it. */
  readonly execute: (line: string) => string;
  /** Runs a program in TypeScript. */
  readonly start: (file: string) => string;
}

/** How each package manager is told what to do. */
export const COMMANDS: Readonly<Record<PackageManager, Commands>> = {
  npm: {
    install: (what) => `npm install --save-dev ${what}`,
    script: (name) => `npm run ${name}`,
    execute: (line) => `npx ${line}`,
    start: (file) => `npx tsx ${file}`,
  },
  pnpm: {
    install: (what) => `pnpm add --save-dev ${what}`,
    script: (name) => `pnpm run ${name}`,
    execute: (line) => `pnpm dlx ${line}`,
    start: (file) => `pnpm dlx tsx ${file}`,
  },
  yarn: {
    install: (what) => `yarn add --dev ${what}`,
    script: (name) => `yarn run ${name}`,
    execute: (line) => `npx ${line}`,
    start: (file) => `npx tsx ${file}`,
  },
  bun: {
    install: (what) => `bun add --dev ${what}`,
    script: (name) => `bun run ${name}`,
    execute: (line) => `bunx ${line}`,
    start: (file) => `bun ${file}`,
  },
};
