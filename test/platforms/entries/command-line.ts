import { runSuite, type SuiteOptions } from "../suite/suite.js";

/*
 * Node.js, Bun and Deno: the options are the first argument, the results are the last line of the
 * output.
 */

const options = JSON.parse(process.argv[2] ?? "") as SuiteOptions;
const results = await runSuite(options);
process.stdout.write(`${JSON.stringify(results)}\n`);
