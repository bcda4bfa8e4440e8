import * as nodeModule from "node:module";

/*
 * Lets Node.js run TypeScript sources as they are: it strips types, but looks for the file that a
 * specifier names, `./video-api.js`, where only `./video-api.ts` is. Node.js 20 has no such hooks, and
 * the types that this project compiles with are those of Node.js 20.
 */

/** @typedef {(specifier: string, context: unknown) => unknown} Resolve */
/** @typedef {(specifier: string, context: unknown, next: Resolve) => unknown} ResolveHook */

/** @typedef {{ registerHooks(hooks: { resolve: ResolveHook }): void }} NodeModule */

const { registerHooks } = /** @type {NodeModule} */ (/** @type {unknown} */ (nodeModule));

registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier.startsWith(".") ? specifier.replace(/\.js$/, ".ts") : specifier, context),
});
