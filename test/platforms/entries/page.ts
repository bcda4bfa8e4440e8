import { runSuite, type SuiteOptions } from "../suite/suite.js";

/* Browsers: the page asks its own origin for the options and sends the results there. */

const response = await fetch("/options");
const options = (await response.json()) as SuiteOptions;
const results = await runSuite(options);
await fetch("/results", { method: "POST", body: JSON.stringify(results) });
