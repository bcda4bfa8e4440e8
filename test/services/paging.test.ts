import { describe, expect, it } from "vitest";
import { ApiError, Mastodon, type Status } from "../../generated/mastodon/index.js";
import { PeerTube } from "../../generated/peertube/index.js";
import { type FsEvent, SFTPGo } from "../../generated/sftpgo/index.js";
import { all, untilFailure } from "../runtime/support/pages.js";
import { send, useServer } from "../runtime/support/server.js";

/* Lists of the three services, from servers that page as the real ones do. */

const server = useServer();

/** What a server answers to a query. */
interface Answer {
  readonly status?: number;
  readonly link?: string;
  readonly body: unknown;
}

/** Answers requests for one path; all others fail. */
function serve(path: string, answer: (query: URLSearchParams) => Answer): void {
  server.answer((request, response) => {
    const url = new URL(request.url, server.url);
    const isKnown = url.pathname === path;
    const found: Answer = isKnown ? answer(url.searchParams) : { status: 404, body: {} };
    const { status = 200, link, body } = found;
    const headers = {
      "content-type": "application/json; charset=utf-8",
      ...(link === undefined ? {} : { link }),
    };
    send(response, status, headers, JSON.stringify(body));
  });
}

const queries = (): string[] => server.requests.map(({ url }) => url.split("?")[1] ?? "");
const range = (length: number): number[] => Array.from({ length }, (_, index) => index);
const numberOf = (query: URLSearchParams, name: string, preset: number): number =>
  Number(query.get(name) ?? preset);

describe("PeerTube: start and count", () => {
  const peertube = (): PeerTube => new PeerTube({ baseUrl: server.url, retry: 0 });

  function serveVideos(total: number): void {
    serve("/api/v1/videos", (query) => {
      const start = numberOf(query, "start", 0);
      const count = numberOf(query, "count", 15);
      if (count > 100) return { status: 400, body: { detail: "count" } };
      const data = range(total).slice(start, start + count);
      const sum = query.get("skipCount") === "true" ? {} : { total };
      return { body: { ...sum, data: data.map((id) => ({ id })) } };
    });
  }

  it.each<{
    what: string;
    total: number;
    params: Parameters<PeerTube["video"]["getVideos"]>[0];
    asked: string[];
  }>([
    { what: "nothing", total: 0, params: {}, asked: [""] },
    { what: "a full page", total: 15, params: {}, asked: [""] },
    { what: "pages of the default", total: 31, params: {}, asked: ["", "start=15", "start=30"] },
    {
      what: "pages of a size of their own",
      total: 120,
      params: { count: 50, sort: "-createdAt" },
      asked: [
        "count=50&sort=-createdAt",
        "start=50&count=50&sort=-createdAt",
        "start=100&count=50&sort=-createdAt",
      ],
    },
    {
      what: "without a total, where a short page is the last",
      total: 17,
      params: { skipCount: true },
      asked: ["skipCount=true", "start=15&skipCount=true"],
    },
    {
      what: "without a total, where an empty page is the last",
      total: 15,
      params: { skipCount: true },
      asked: ["skipCount=true", "start=15&skipCount=true"],
    },
  ])("$what", async ({ total, params, asked }) => {
    serveVideos(total);
    const videos = await all(peertube().video.getVideos(params).items());
    expect(videos.map(({ id }) => id)).toEqual(range(total));
    expect(queries()).toEqual(asked);
  });

  it("tells the total, and what is wrong with a call", async () => {
    serveVideos(40);
    for await (const page of peertube().video.getVideos({ count: 10 }).pages()) {
      expect(page).toMatchObject({ total: 40, hasNext: true, status: 200 });
      break;
    }
    const { error } = await untilFailure(peertube().video.getVideos({ count: 101 }).items());
    expect(error).toBeInstanceOf(ApiError);
  });
});

describe("Mastodon: the Link header", () => {
  const mastodon = (): Mastodon =>
    new Mastodon({ baseUrl: server.url, auth: { OAuth2: "at" }, retry: 0 });
  const ids = (list: readonly Pick<Status, "id">[]): number[] => list.map(({ id }) => Number(id));

  /**
   * Statuses with the ids from 1 to a number, the newest first; those that `isShown` refuses are filtered out
   * of what was looked up, as the real server does it, so that pages can be short or empty.
   */
  function serveTimeline(
    path: string,
    newest: number,
    isShown: (id: number) => boolean = () => true,
  ): void {
    const everything = range(newest).map((index) => newest - index);
    serve(path, (query) => {
      const limit = Math.min(numberOf(query, "limit", 20), 40);
      const minId = query.get("min_id");
      const older = everything.filter((id) => id < numberOf(query, "max_id", Infinity));
      const found =
        minId === null
          ? older.slice(0, limit)
          : older.filter((id) => id > Number(minId)).slice(-limit);
      const [first] = found;
      const last = found.at(-1);
      const body = found.filter(isShown).map((id) => ({ id: String(id) }));
      if (first === undefined || last === undefined) return { body };
      const kept = query.has("limit") ? `limit=${limit}&` : "";
      const links = [
        `<${server.url}${path}?${kept}min_id=${first}>; rel="prev"`,
        `<${server.url}${path}?${kept}max_id=${last}>; rel="next"`,
      ];
      return { body, link: links.join(", ") };
    });
  }

  it("goes on until a page has no link", async () => {
    serveTimeline("/api/v1/timelines/home", 45);
    const statuses = await all(mastodon().timelines.getTimelineHome().items());
    expect(ids(statuses)).toEqual(range(45).map((index) => 45 - index));
    expect(queries()).toEqual(["", "max_id=26", "max_id=6", "max_id=1"]);
    expect(server.requests.map(({ headers }) => headers["authorization"])).toEqual(
      Array.from({ length: 4 }, () => "Bearer at"),
    );
  });

  it("takes no more than is wanted", async () => {
    serveTimeline("/api/v1/timelines/home", 200);
    const list = mastodon().timelines.getTimelineHome({ limit: 40 });
    expect(ids(await all(list.items({ limit: 50 })))).toEqual(
      range(50).map((index) => 200 - index),
    );
    expect(queries()).toEqual(["limit=40", "limit=40&max_id=161"]);
  });

  it("goes through pages whose statuses were filtered out", async () => {
    serveTimeline("/api/v1/timelines/home", 100, (id) => id <= 10);
    const statuses = await all(mastodon().timelines.getTimelineHome().items());
    expect(ids(statuses)).toEqual(range(10).map((index) => 10 - index));
  });

  it("goes back to what is newer", async () => {
    serveTimeline("/api/v1/timelines/home", 30);
    const list = mastodon().timelines.getTimelineHome({ max_id: "11", limit: 10 });
    const pages = await all(list.pages({ direction: "prev" }));
    expect(pages.map(({ items }) => [items[0]?.id, items.at(-1)?.id])).toEqual([
      ["10", "1"],
      ["20", "11"],
      ["30", "21"],
      [undefined, undefined],
    ]);
    expect(pages.map(({ hasNext }) => hasNext)).toEqual([true, true, true, false]);
    const [, ...asked] = queries();
    expect(asked).toEqual(["limit=10&min_id=10", "limit=10&min_id=20", "limit=10&min_id=30"]);
  });

  it("follows ids that no item has", async () => {
    const path = "/api/v1/bookmarks";
    serve(path, (query) =>
      query.has("max_id")
        ? { body: [{ id: "7" }] }
        : { body: [{ id: "9" }], link: `<${server.url}${path}?max_id=internal>; rel="next"` },
    );
    expect(ids(await all(mastodon().bookmarks.getBookmarks().items()))).toEqual([9, 7]);
  });

  it("finds items inside of a body", async () => {
    const path = "/api/v2/notifications";
    serve(path, (query) => {
      const key = query.get("max_id") ?? "b";
      const body = { accounts: [], statuses: [], notification_groups: [{ group_key: key }] };
      return key === "a" ? { body } : { body, link: `<${path}?max_id=a>; rel="next"` };
    });
    const groups = await all(mastodon().notifications.getNotificationsV2().items());
    expect(groups.map((group) => group.group_key)).toEqual(["b", "a"]);
  });

  it("counts offsets where there are no links", async () => {
    serve("/api/v1/directory", (query) => {
      const offset = numberOf(query, "offset", 0);
      const limit = Math.min(numberOf(query, "limit", 40), 80);
      return {
        body: range(100)
          .slice(offset, offset + limit)
          .map((id) => ({ id: String(id) })),
      };
    });
    const accounts = await all(mastodon().directory.getDirectory({ limit: 200 }).items());
    expect(accounts.map(({ id }) => Number(id))).toEqual(range(100));
    expect(queries()).toEqual(["limit=200", "offset=80&limit=200"]);
  });
});

describe("SFTPGo: offsets and keys", () => {
  const sftpgo = (): SFTPGo =>
    new SFTPGo({ baseUrl: server.url, auth: { BearerAuth: "jwt" }, retry: 0 });

  it("counts offsets until a page is not full", async () => {
    serve("/api/v2/users", (query) => {
      const offset = numberOf(query, "offset", 0);
      const limit = Math.min(numberOf(query, "limit", 100), 500);
      return {
        body: range(250)
          .slice(offset, offset + limit)
          .map((id) => ({ id })),
      };
    });
    const users = await all(sftpgo().users.getUsers({ order: "ASC" }).items({ prefetch: true }));
    expect(users.map(({ id }) => id)).toEqual(range(250));
    expect(queries()).toEqual(["order=ASC", "offset=100&order=ASC", "offset=200&order=ASC"]);
  });

  it("begins behind the last network, whose slash is encoded", async () => {
    const networks = range(5).map((index) => `10.${index}.0.0/16`);
    serve("/api/v2/iplists/2", (query) => {
      const from = query.get("from") ?? "";
      const rest = networks.filter((network) => network > from);
      return { body: rest.slice(0, numberOf(query, "limit", 100)).map((ipornet) => ({ ipornet })) };
    });
    const entries = sftpgo().ipLists.getIpListEntries({ type: 2, limit: 2 });
    expect((await all(entries.items())).map(({ ipornet }) => ipornet)).toEqual(networks);
    expect(queries()).toEqual([
      "limit=2",
      "from=10.1.0.0%2F16&limit=2",
      "from=10.3.0.0%2F16&limit=2",
    ]);
  });

  describe("events", () => {
    type Event = Pick<FsEvent, "id" | "timestamp">;
    /** Several events at one moment, which only their ids keep apart. */
    const events: Event[] = range(7).map((index) => ({
      id: `e${index}`,
      timestamp: 1_000 + Math.floor(index / 3),
    }));
    const compare = (one: Event, other: Event): number =>
      one.timestamp - other.timestamp || one.id.localeCompare(other.id);

    function serveEvents(): void {
      serve("/api/v2/events/fs", (query) => {
        const isAscending = query.get("order") === "ASC";
        const id = query.get("from_id");
        const start = numberOf(query, "start_timestamp", 0);
        const end = numberOf(query, "end_timestamp", Infinity);
        const key = { id: id ?? "", timestamp: isAscending ? start : end };
        const found = events
          .filter(({ timestamp }) => timestamp >= start && timestamp <= end)
          .filter((event) => id === null || compare(event, key) * (isAscending ? 1 : -1) > 0)
          .sort((one, other) => compare(one, other) * (isAscending ? 1 : -1));
        return { body: found.slice(0, numberOf(query, "limit", 100)) };
      });
    }

    it.each(["ASC", "DESC", undefined] as const)("in the order %s", async (order) => {
      serveEvents();
      const list = sftpgo().events.getFsEvents({ limit: 2, order });
      const found = (await all(list.items())).map(({ id }) => id);
      const ids = events.map(({ id }) => id);
      expect(found).toEqual(order === "ASC" ? ids : ids.reverse());
      expect(server.requests).toHaveLength(4);
    });

    it("within bounds", async () => {
      serveEvents();
      const list = sftpgo().events.getFsEvents({
        limit: 1,
        order: "DESC",
        start_timestamp: 1_001,
        end_timestamp: 1_001,
      });
      expect((await all(list.items())).map(({ id }) => id)).toEqual(["e5", "e4", "e3"]);
      expect(queries()[1]).toBe(
        "start_timestamp=1001&end_timestamp=1001&from_id=e5&limit=1&order=DESC",
      );
    });

    it("as text are no pages", async () => {
      server.answer((_request, response) => {
        send(response, 200, { "content-type": "text/csv" }, "id\n1\n");
      });
      expect(await sftpgo().events.getFsEvents({ accept: "text/csv" })).toBe("id\n1\n");
    });
  });
});
