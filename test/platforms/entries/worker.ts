import { runSuite, type SuiteOptions } from "../suite/suite.js";

/*
 * Cloudflare Workers: the options are the body of a request, the results that of its answer. Outside
 * of a request a worker cannot send any.
 */

// The handlers of a worker are its module's default export: the platform's rule.
export default {
  async fetch(request: Request): Promise<Response> {
    const options = (await request.json()) as SuiteOptions;
    return Response.json(await runSuite(options));
  },
};
