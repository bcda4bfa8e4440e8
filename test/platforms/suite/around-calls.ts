import { ApiError, PeerTube } from "../../../generated/peertube/index.js";
import { createFake } from "../../../generated/runtime/fake.js";
import { logging, type LogRecord } from "../../../generated/runtime/logging.js";
import { requestId } from "../../../generated/runtime/request-id.js";
import type { Cases } from "./case.js";
import { failure, holds, same } from "./check.js";

const TOKEN = "token-that-nobody-may-log";

/** What stands around a call, or in the place of its service. */
export const AROUND_CALLS: Cases = {
  "names a request, and logs it without its secrets": async (stage) => {
    const records: LogRecord[] = [];
    const { myUser } = new PeerTube({
      baseUrl: stage.baseUrl,
      auth: { OAuth2: TOKEN },
      middleware: [
        requestId({ generate: () => "id-1" }),
        logging({ headers: true, log: (record) => records.push(record) }),
      ],
    });
    const error = await failure(myUser.getUserInfo(), ApiError);
    same([error.status, error.requestId], [401, "id-1"]);
    const [entry] = await stage.journal();
    same(entry?.headers["x-request-id"], "id-1", "the header");
    same(
      records.map(({ operationId, status }) => [operationId, status]),
      [["getUserInfo", 401]],
      "records",
    );
    holds(!JSON.stringify(records).includes(TOKEN), "the log keeps what is secret to itself");
  },
  "takes its answers from a fake": async () => {
    const { client } = createFake(PeerTube, {
      "video.getVideos": { total: 0, data: [] },
    });
    same((await client.video.getVideos()).total, 0, "total");
  },
};
