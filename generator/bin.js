#!/usr/bin/env node
/*
 * The command as npm links it. JavaScript, because Node.js 20 loads no TypeScript by itself; tsx does so from here on.
 */
import { register } from "tsx/esm/api";

register();
const { runProgram } = await import("./cli.ts");
await runProgram();
