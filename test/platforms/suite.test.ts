import { afterAll, beforeAll, describe, it } from "vitest";
import { startServer, type PlatformServer } from "./server/server.js";
import { stageOf } from "./suite/case.js";
import { SUITE } from "./suite/suite.js";

/*
 * The suite of `npm run test:platforms` on the Node.js that runs the tests. The other platforms get
 * exactly these cases.
 */

let server: PlatformServer | undefined;

beforeAll(async () => {
  server = await startServer();
});

afterAll(async () => {
  await server?.close();
});

describe("a client", () => {
  it.each(SUITE.map(([name, run], index) => ({ name, run, index })))(
    "$name",
    async ({ run, index }) => {
      if (server === undefined) throw new Error("no server");
      await run(stageOf(server.origins, String(index), []));
    },
  );
});
