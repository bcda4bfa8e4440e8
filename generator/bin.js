#!/usr/bin/env node
/*
 * The command as npm links it. JavaScript, because Node.js 20 loads no TypeScript by itself; tsx does so from here on.
 */
import { typeScriptRequire } from "./load-typescript.js";
import { optimizeLate } from "./optimize-late.js";

/** @typedef {typeof import("./cli.js")} Cli */

optimizeLate();
const require = typeScriptRequire(import.meta.url);
const { runProgram } = /** @type {Cli} */ (require("./cli.ts"));
void runProgram();
