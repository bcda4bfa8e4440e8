import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/*
 * The service of the load test, in a process of its own: tells its port, and answers every tenth request with 503.
 */

let count = 0;
const server = createServer((request, response) => {
  request.resume().on("end", () => {
    count += 1;
    const isBusy = count % 10 === 0;
    const headers = { "content-type": "application/json", ...(isBusy && { "retry-after": "0" }) };
    response.writeHead(isBusy ? 503 : 200, headers);
    response.end(JSON.stringify(isBusy ? { error: "busy" } : { message: "done" }));
  });
});
server.listen(0, "127.0.0.1", () => {
  process.send?.((server.address() as AddressInfo).port);
});
