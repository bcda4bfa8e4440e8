import { setupServer } from "msw/node";
import type { SetupServer } from "msw/node";
import { getStreamingPublicHandler } from "./mastodon/msw.js";
import { delVideoHandler, getVideoHandler, getVideosHandler } from "./peertube/msw.js";
import { addUserHandler, getUserByUsernameHandler } from "./sftpgo/msw.js";

const USER = { username: "alice", id: 1, created_at: 0, updated_at: 0 };

export const server: SetupServer = setupServer(
  getVideosHandler({ total: 0, data: [] }),
  getVideosHandler(({ query }) => ({ total: Number(query.get("count")), data: [] })),
  getVideoHandler(({ params, reply }) => {
    const id: string = params.id;
    return reply(404, { type: "about:blank", title: id, status: 404, detail: "" });
  }),
  delVideoHandler(undefined),
  delVideoHandler(undefined, { baseUrl: "https://peertube.example" }),
  addUserHandler(async ({ json, reply }) => {
    const { username } = await json();
    return reply(201, { ...USER, username: username ?? "" });
  }),
  getUserByUsernameHandler(({ params: { username } }) => Promise.resolve({ ...USER, username })),
  getStreamingPublicHandler([{ event: "delete", data: "1" }]),
);

// @ts-expect-error -- no such parameter in the path
getVideoHandler(({ params: { name }, reply }) => reply(404, name));
// @ts-expect-error -- the body is another one
getVideosHandler({ total: "0", data: [] });
// @ts-expect-error -- the document has no such success
getVideosHandler(({ reply }) => reply(201, { total: 0, data: [] }));
// @ts-expect-error -- there is a body to answer
getVideosHandler(undefined);
