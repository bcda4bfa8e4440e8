import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/*
 * The service of the load test, in a process of its own: tells its port, and answers every seventh request with 503. The
 * number has no divisor in common with the concurrency: no call is the one that it hits each time.
 */

// The test may end in any way.
process.once("disconnect", () => process.exit());

let count = 0;
const server = createServer((request, response) => {
  request.resume().on("end", () => {
    count += 1;
    const isBusy = count % 7 === 0;
    const headers = { "content-type": "application/json", ...(isBusy && { "retry-after": "0" }) };
    response.writeHead(isBusy ? 503 : 200, headers);
    response.end(JSON.stringify(isBusy ? { error: "busy" } : { message: "done" }));
  });
});
server.listen(0, "127.0.0.1", () => {
  process.send?.((server.address() as AddressInfo).port);
});
