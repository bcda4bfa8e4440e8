import { createHash, randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { PeerTube, type VideoUploadRequestResumable } from "../../generated/peertube/index.js";
import {
  importArchive,
  replaceVideoSource,
  uploadVideo,
  type ResumableUploadOptions,
  type UploadState,
  type UploadStore,
} from "../../generated/peertube/peertube-upload.js";
import { streamPart } from "../../generated/runtime/stream-part.js";
import { failureOf } from "../runtime/support/api.js";
import { partsOf } from "../runtime/support/multipart.js";
import { useServer, type RecordedRequest } from "../runtime/support/server.js";

const server = useServer();

const UNIT = 262_144;
const BYTES = randomBytes(3 * UNIT + 1_000);
const FILE = new File([BYTES], "harvest.mp4", { type: "video/mp4" });
const BODY = { filename: FILE.name, name: "Apple harvest", channelId: 12 };
const VIDEO = { video: { id: 42, uuid: "u", shortUUID: "s" } };
const PLACE = "/api/v1/videos/upload-resumable";

/** What happens to a request before, or after, the server has done its part. */
type Fault = (response: ServerResponse) => void;

interface Behaviour {
  /** By the number of the PUT with bytes, from 1: nothing of it arrives. */
  readonly lostRequests?: Readonly<Record<number, Fault>>;
  /** By the same number: it arrives, the answer does not. */
  readonly lostAnswers?: Readonly<Record<number, Fault>>;
  /** By the same number: how many bytes the server has after it. */
  readonly forgets?: Readonly<Record<number, number>>;
  readonly location?: (id: string) => string | undefined;
  readonly isKnown?: boolean;
  readonly size?: number;
}

/** A server that behaves like PeerTube's, and can crash like it. */
class Uploads {
  readonly announced: RecordedRequest[] = [];
  readonly queries: string[] = [];
  chunks = 0;
  readonly ranges: string[] = [];
  cancelled: string[] = [];
  uploads = new Map<string, Buffer>();
  /** How often the whole file is there and the answer still is 503. */
  processing = 0;
  readonly #behaviour: Behaviour;
  readonly #size: number;

  constructor(behaviour: Behaviour = {}) {
    this.#behaviour = behaviour;
    this.#size = behaviour.size ?? BYTES.length;
    server.answer((request, response) => {
      if (request.headers["authorization"] !== "Bearer token") {
        response.writeHead(401).end();
      } else if (request.method === "POST") {
        this.#announce(request, response);
      } else {
        this.#take(request, response);
      }
    });
  }

  /** What the server has of the one upload. */
  get content(): Buffer {
    return [...this.uploads.values()].at(-1) ?? Buffer.alloc(0);
  }

  /** Comparing byte by byte is a matter of seconds for the test runner. */
  get isWhole(): boolean {
    return this.content.equals(BYTES);
  }

  #announce(request: RecordedRequest, response: ServerResponse): void {
    this.announced.push(request);
    const { isKnown = false, location = (id) => `${PLACE}?upload_id=${id}` } = this.#behaviour;
    const id = `upload-${this.announced.length}`;
    if (!isKnown) this.uploads.set(id, Buffer.alloc(0));
    const place = location(isKnown ? ([...this.uploads.keys()][0] ?? id) : id);
    response.writeHead(isKnown ? 200 : 201, place === undefined ? {} : { location: place }).end();
  }

  #take(request: RecordedRequest, response: ServerResponse): void {
    const id = new URL(request.url, server.url).searchParams.get("upload_id") ?? "";
    const held = this.uploads.get(id);
    if (held === undefined) {
      response.writeHead(404, { "content-type": "application/json" }).end("{}");
      return;
    }
    if (request.method === "DELETE") {
      this.cancelled.push(id);
      this.uploads.delete(id);
      response.writeHead(204).end();
      return;
    }
    const range = String(request.headers["content-range"]);
    this.ranges.push(range);
    if (range === `bytes */${this.#size}`) {
      this.queries.push(range);
      this.#stand(id, response);
      return;
    }
    this.chunks += 1;
    const { lostRequests = {}, lostAnswers = {}, forgets = {} } = this.#behaviour;
    const lost = lostRequests[this.chunks];
    if (lost !== undefined) {
      lost(response);
      return;
    }
    const [, first, last] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range) ?? [];
    const start = Number(first);
    if (start !== held.length || Number(last) - start + 1 !== request.body.length) {
      response.writeHead(409, { "content-type": "application/json" }).end("{}");
      return;
    }
    const now = Buffer.concat([held, request.body]);
    this.uploads.set(id, now.subarray(0, forgets[this.chunks] ?? now.length));
    const unheard = lostAnswers[this.chunks];
    if (unheard !== undefined) unheard(response);
    else this.#stand(id, response);
  }

  #stand(id: string, response: ServerResponse): void {
    const held = this.uploads.get(id) ?? Buffer.alloc(0);
    if (held.length < this.#size) {
      const range = held.length === 0 ? {} : { range: `bytes=0-${held.length - 1}` };
      response.writeHead(308, range).end();
    } else if (this.processing > 0) {
      this.processing -= 1;
      response.writeHead(503, { "retry-after": "0" }).end();
    } else {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(VIDEO));
    }
  }
}

const reset: Fault = (response) => response.destroy();
const status =
  (code: number, headers: Record<string, string> = {}): Fault =>
  (response) =>
    response.writeHead(code, headers).end();

function client(baseUrl = server.url): PeerTube {
  return new PeerTube({ baseUrl, auth: { OAuth2: "token" } });
}

function upload(
  options: ResumableUploadOptions = {},
  file: Blob = FILE,
  body: VideoUploadRequestResumable = BODY,
) {
  const quick = { chunkSize: UNIT, baseDelay: 1, ...options };
  return uploadVideo(client().video, { file, body }, quick);
}

/** A store that goes through text, as those of users do. */
class TextStore implements UploadStore {
  text: string | undefined;
  readonly saved: (UploadState | undefined)[] = [];

  load(): UploadState | undefined {
    return this.text === undefined ? undefined : (JSON.parse(this.text) as UploadState);
  }

  save(state: UploadState | undefined): void {
    this.saved.push(state);
    this.text = state === undefined ? undefined : JSON.stringify(state);
  }
}

/** The chain, made another way. */
function checksum(bytes: Buffer, size = UNIT): string {
  let link = Buffer.alloc(0);
  for (let at = 0; at < bytes.length; at += size) {
    const digest = createHash("sha256")
      .update(bytes.subarray(at, at + size))
      .digest();
    link = createHash("sha256")
      .update(Buffer.concat([link, digest]))
      .digest();
  }
  return link.toString("hex");
}

describe("an upload", () => {
  it("announces the file and sends it in chunks", async () => {
    const uploads = new Uploads();
    const progress: number[] = [];
    const answer = await upload({ onProgress: (sent) => progress.push(sent) }).send();
    expect(answer).toEqual(VIDEO);
    expect(answer.video.id).toBe(42);
    expect(uploads.isWhole).toBe(true);
    expect(uploads.ranges).toEqual([
      `bytes 0-${UNIT - 1}/${BYTES.length}`,
      `bytes ${UNIT}-${2 * UNIT - 1}/${BYTES.length}`,
      `bytes ${2 * UNIT}-${3 * UNIT - 1}/${BYTES.length}`,
      `bytes ${3 * UNIT}-${BYTES.length - 1}/${BYTES.length}`,
    ]);
    expect(progress).toEqual([UNIT, 2 * UNIT, 3 * UNIT, BYTES.length]);
    const [announced] = uploads.announced;
    expect(announced?.headers).toMatchObject({
      "x-upload-content-length": String(BYTES.length),
      "x-upload-content-type": "video/mp4",
      "content-type": "application/json",
    });
    expect(JSON.parse(String(announced?.body))).toEqual(BODY);
  });

  it.each([
    { what: "file", thumbnailfile: new Blob(["png"], { type: "image/png" }) },
    { what: "stream", thumbnailfile: streamPart(new Blob(["png"]).stream(), { name: "p" }) },
  ])("sends a form if there is a picture, as a $what", async ({ thumbnailfile }) => {
    const uploads = new Uploads();
    const body = { ...BODY, thumbnailfile };
    await uploadVideo(client().video, { file: FILE, body }, { chunkSize: UNIT }).send();
    const [announced] = uploads.announced;
    if (announced === undefined) throw new Error("not announced");
    expect(partsOf(announced).map(({ name }) => name)).toContain("thumbnailfile");
  });

  it("of a file in the place of a video's, and of an archive, are the same", async () => {
    const uploads = new Uploads();
    const peertube = client();
    const options = { chunkSize: UNIT };
    const body = { filename: "a" };
    await replaceVideoSource(peertube.video, { file: FILE, id: 7, body }, options).send();
    await importArchive(peertube.userImports, { file: FILE, userId: 3, body }, options).send();
    expect(uploads.announced.map(({ url }) => url)).toEqual([
      "/api/v1/videos/7/source/replace-resumable",
      "/api/v1/users/3/imports/import-resumable",
    ]);
    expect([...uploads.uploads.values()].map((file) => file.equals(BYTES))).toEqual([true, true]);
  });

  it.each([1, UNIT - 1, UNIT + 1, 0, -UNIT, NaN])("has no chunks of %d bytes", (chunkSize) => {
    expect(() => upload({ chunkSize })).toThrow(RangeError);
  });

  it.each([
    { what: "another origin", location: (id: string) => `https://evil.test/x?upload_id=${id}` },
    { what: "no scheme", location: (id: string) => `//evil.test/x?a=b&upload_id=${id}` },
    { what: "no path", location: (id: string) => `?upload_id=${id}` },
  ])("goes where all calls go, also for a Location with $what", async ({ location }) => {
    const uploads = new Uploads({ location });
    await upload().send();
    expect(uploads.isWhole).toBe(true);
  });

  it.each([undefined, "", "/x", "https://[", "/x?upload=1"])(
    "cannot begin with the Location %j",
    async (place) => {
      new Uploads({ location: () => place });
      const error = await failureOf(upload().send());
      expect(String(error)).toMatch(/^ClientError: uploadResumable: PUT .* cannot begin: /);
    },
  );

  it("goes on with what the server knows from before", async () => {
    const uploads = new Uploads({ isKnown: true });
    uploads.uploads.set("old", BYTES.subarray(0, UNIT + 5));
    await upload().send();
    expect(uploads.isWhole).toBe(true);
    expect(uploads.ranges.slice(0, 2)).toEqual([
      `bytes */${BYTES.length}`,
      `bytes ${UNIT + 5}-${2 * UNIT - 1}/${BYTES.length}`,
    ]);
  });

  it("is sent once at a time", async () => {
    const uploads = new Uploads();
    const one = upload();
    const first = one.send();
    expect(await failureOf(one.send())).toMatchObject({
      message: expect.stringContaining("is on its way already") as string,
    });
    await first;
    expect(uploads.chunks).toBe(4);
    expect(uploads.isWhole).toBe(true);
  });

  it("of an empty file is no chunk", async () => {
    const uploads = new Uploads({ size: 0 });
    expect(await upload({}, new Blob([])).send()).toEqual(VIDEO);
    expect(uploads.ranges).toEqual(["bytes */0"]);
  });
});

describe("an upload with faults", () => {
  it.each<Behaviour & { what: string }>([
    { what: "a connection that breaks before the chunk arrives", lostRequests: { 2: reset } },
    { what: "an answer that gets lost", lostAnswers: { 2: reset } },
    { what: "the last answer lost", lostAnswers: { 4: reset } },
    { what: "502 before", lostRequests: { 1: status(502), 3: status(504) } },
    { what: "502 after", lostAnswers: { 1: status(502), 3: status(500) } },
    { what: "too many requests", lostRequests: { 2: status(429, { "retry-after": "0" }) } },
    { what: "a file that is locked", lostRequests: { 2: status(423) } },
    { what: "a chunk that arrived in part", lostAnswers: { 2: reset }, forgets: { 2: UNIT + 77 } },
    { what: "a part told at once", forgets: { 2: UNIT + 77 } },
    { what: "a server that lost a whole chunk", lostAnswers: { 3: reset }, forgets: { 3: UNIT } },
    { what: "a server that lost everything", forgets: { 3: 0 } },
    { what: "all at once", lostRequests: { 1: reset, 2: status(503) }, lostAnswers: { 4: reset } },
  ])("survives $what", async (behaviour) => {
    const uploads = new Uploads(behaviour);
    expect(await upload().send()).toEqual(VIDEO);
    expect(uploads.isWhole).toBe(true);
    expect(uploads.announced).toHaveLength(1);
  });

  it("waits until the file has been worked on", async () => {
    const uploads = new Uploads({ lostAnswers: { 4: reset } });
    uploads.processing = 3;
    expect(await upload().send()).toEqual(VIDEO);
    expect(uploads.queries).toHaveLength(4);
  });

  it("asks where the server stands when a chunk does not fit", async () => {
    const uploads = new Uploads({ isKnown: true });
    uploads.uploads.set("old", Buffer.alloc(0));
    // Somebody else sends to the same upload.
    const onProgress = (sent: number): void => {
      if (sent === UNIT) uploads.uploads.set("old", BYTES.subarray(0, 2 * UNIT));
    };
    await upload({ onProgress }).send();
    expect(uploads.isWhole).toBe(true);
  });

  it("begins again if the server knows it no more, but not for ever", async () => {
    const uploads = new Uploads({ lostRequests: { 2: status(404) } });
    expect(await upload().send()).toEqual(VIDEO);
    expect(uploads.announced).toHaveLength(2);
    const always404 = new Uploads({
      lostRequests: { 1: status(404), 2: status(404), 3: status(404) },
    });
    expect(await failureOf(upload().send())).toMatchObject({ name: "ApiError", status: 404 });
    expect(always404.announced).toHaveLength(3);
  });

  it.each([
    { what: "resets", fault: reset, name: "ConnectionError" },
    { what: "503", fault: status(503), name: "ApiError" },
    { what: "308 without anything kept", fault: status(308), name: "ApiError" },
  ])("gives up after many $what", async ({ fault, name }) => {
    const lostRequests = Object.fromEntries(
      Array.from({ length: 99 }, (_, index) => [index + 2, fault]),
    );
    const uploads = new Uploads({ lostRequests });
    expect(await failureOf(upload({ retryLimit: 3 }).send())).toMatchObject({ name });
    expect(uploads.chunks).toBe(1 + 4);
  });

  it.each([400, 403, 413, 422])("gives up at once for %d", async (code) => {
    const uploads = new Uploads({ lostRequests: { 2: status(code) } });
    expect(await failureOf(upload().send())).toMatchObject({ name: "ApiError", status: code });
    expect(uploads.chunks).toBe(2);
  });
});

describe("an upload that is stored", () => {
  /** Sends two chunks and a half, and stops as if the program had crashed. */
  async function crash(store: UploadStore, behaviour: Behaviour = {}) {
    const uploads = new Uploads({ lostRequests: { 3: status(403) }, ...behaviour });
    await failureOf(upload({ store }).send());
    return uploads;
  }

  it("goes on in another run, and is forgotten at the end", async () => {
    const store = new TextStore();
    const uploads = await crash(store);
    expect(store.load()).toEqual({
      uploadId: "upload-1",
      size: BYTES.length,
      chunkSize: UNIT,
      sent: 3 * UNIT,
      checksum: checksum(BYTES.subarray(0, 3 * UNIT)),
    });
    expect(await upload({ store, chunkSize: 4 * UNIT }).send()).toEqual(VIDEO);
    expect(uploads.isWhole).toBe(true);
    expect(uploads.announced).toHaveLength(1);
    expect(store.text).toBeUndefined();
    expect(store.saved.at(-2)?.checksum).toBe(checksum(BYTES));
  });

  it("is stored before the bytes are sent: the server never has more than is known", async () => {
    const store = new TextStore();
    const saved: number[] = [];
    const uploads = new Uploads();
    store.save = (state) => {
      if (state === undefined) return;
      saved.push(state.sent);
      expect(state.sent).toBeGreaterThan(uploads.content.length);
    };
    await upload({ store }).send();
    expect(saved).toEqual([UNIT, 2 * UNIT, 3 * UNIT, BYTES.length]);
  });

  it("goes on where the server stands, which may be less than was sent", async () => {
    const store = new TextStore();
    const uploads = await crash(store);
    uploads.uploads.set("upload-1", BYTES.subarray(0, 100));
    await upload({ store }).send();
    expect(uploads.isWhole).toBe(true);
  });

  it("begins again if the server has forgotten it", async () => {
    const store = new TextStore();
    const uploads = await crash(store);
    uploads.uploads.clear();
    await upload({ store }).send();
    expect(uploads.isWhole).toBe(true);
    expect(uploads.announced).toHaveLength(2);
  });

  it.each([
    { what: "another size", other: BYTES.subarray(1) },
    { what: "another first byte", other: Buffer.from(BYTES).fill(BYTES[0] === 0 ? 1 : 0, 0, 1) },
    {
      what: "another byte in what was sent last",
      other: Buffer.from(BYTES).fill(0, 3 * UNIT - 9, 3 * UNIT),
    },
  ])("refuses a file with $what, and sends nothing", async ({ other }) => {
    const store = new TextStore();
    const uploads = await crash(store);
    const before = server.requests.length;
    const error = await failureOf(upload({ store }, new Blob([other])).send());
    expect(error).toMatchObject({ name: "UploadFileChangedError" });
    expect(server.requests).toHaveLength(before);
    expect(store.text).toBeDefined();
    expect(uploads.cancelled).toEqual([]);
  });

  it.each(["{}", '"x"', '{"uploadId":"u"}', '{"uploadId":"u","chunkSize":0}'])(
    "refuses a state that is none: %s",
    async (text) => {
      const store = new TextStore();
      store.text = text;
      expect(String(await failureOf(upload({ store }).send()))).toContain(
        "is not the state of an upload",
      );
    },
  );

  it("goes on after an abort, with the same object or another", async () => {
    const store = new TextStore();
    const controller = new AbortController();
    const uploads = new Uploads();
    const onProgress = (sent: number): void => {
      if (sent === UNIT) controller.abort(new Error("later"));
    };
    const { signal } = controller;
    expect(await failureOf(upload({ store, signal, onProgress }).send())).toEqual(
      new Error("later"),
    );
    expect(uploads.chunks).toBe(1);
    await upload({ store }).send();
    expect(uploads.isWhole).toBe(true);
  });

  it("goes on without a store as long as the object lives", async () => {
    const uploads = new Uploads({ lostRequests: { 3: status(403) } });
    const one = upload();
    await failureOf(one.send());
    expect(await one.send()).toEqual(VIDEO);
    expect(uploads.announced).toHaveLength(1);
  });
});

describe("cancelling", () => {
  it("ends an upload that is under way, here and at the server", async () => {
    const uploads = new Uploads();
    const store = new TextStore();
    let cancelled: Promise<void> | undefined;
    const one = upload({
      store,
      onProgress: () => {
        cancelled ??= one.cancel();
      },
    });
    expect(await failureOf(one.send())).toMatchObject({ name: "AbortError" });
    await cancelled;
    expect(uploads.cancelled).toEqual(["upload-1"]);
    expect(uploads.chunks).toBe(1);
    expect(store.text).toBeUndefined();
  });

  it("stores nothing afterwards, and leaves the way free for another attempt", async () => {
    const uploads = new Uploads();
    const store = new TextStore();
    const bytes = new File([BYTES], FILE.name);
    let cancelled: Promise<void> | undefined;
    // Cancelled while the chunk is read for its checksum.
    const slice = bytes.slice.bind(bytes);
    bytes.slice = (...range) => {
      cancelled ??= one.cancel();
      return slice(...range);
    };
    const one = upload({ store }, bytes);
    expect(await failureOf(one.send())).toMatchObject({ name: "AbortError" });
    await cancelled;
    expect(store.saved).toEqual([undefined]);
    expect(await one.send()).toEqual(VIDEO);
    expect(uploads.isWhole).toBe(true);
  });

  it("ends one of which there is only the state", async () => {
    const store = new TextStore();
    const uploads = new Uploads({ lostRequests: { 2: status(403) } });
    await failureOf(upload({ store }).send());
    await upload({ store }).cancel();
    expect(uploads.cancelled).toEqual(["upload-1"]);
    expect(store.text).toBeUndefined();
  });

  it("takes it well that the server knows nothing, or that there is nothing", async () => {
    const store = new TextStore();
    const uploads = new Uploads({ lostRequests: { 2: status(403) } });
    await failureOf(upload({ store }).send());
    uploads.uploads.clear();
    await upload({ store }).cancel();
    expect(store.text).toBeUndefined();
    await upload().cancel();
    expect(uploads.cancelled).toEqual([]);
  });
});
