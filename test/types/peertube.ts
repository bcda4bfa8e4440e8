import {
  type ApiError,
  type ApiErrorWith,
  type ApiPromise,
  type GetOAuthClientResponses,
  type GetVideosResponses,
  isApiError,
  type OAuthClient,
  type OAuthTokenError,
  type OAuthTokenResponse,
  type Page,
  type PagedPromise,
  type PagesOptions,
  PagingError,
  PeerTube,
  type RequestOptions,
  type ServerError,
  SessionApi,
  type Video,
  type VideoDetails,
  type VideoListResponse,
  type VideoUploadResponse,
  uploadVideo,
} from "../../generated/peertube/index.js";
import { check, type Equal, exactly, use } from "./equal.js";

/* Nothing here runs: the compiler is the test. */

const CLIENT = { client_id: "i", client_secret: "s" };

export async function calls(peertube: PeerTube): Promise<void> {
  const { session, video } = peertube;
  // @ts-expect-error -- classes are made by the client
  peertube.session = session;

  exactly<SessionApi>()(session);
  check<Equal<ReturnType<typeof session.getOAuthClient>, ApiPromise<GetOAuthClientResponses>>>();
  const client = await session.getOAuthClient();
  exactly<OAuthClient>()(client);
  await session.getOAuthClient({ signal: new AbortController().signal, timeout: 0 });
  // @ts-expect-error -- there are no parameters to pass, only options
  await session.getOAuthClient({}, {});
  // @ts-expect-error -- no such option
  await session.getOAuthClient({ retries: 3 });
  // @ts-expect-error -- parameters are required
  await session.getOAuthToken();
  // @ts-expect-error -- so is the body
  await session.getOAuthToken({});

  await video.getVideos();
  await video.getVideos({});
  await video.getVideos(undefined, {});
  const videos = await video.getVideos({ count: 5, sort: "-createdAt", nsfw: "both" });
  exactly<VideoListResponse>()(videos);
  // @ts-expect-error -- a number is no text
  await video.getVideos({ count: "5" });
  // @ts-expect-error -- not one of the documented orders
  await video.getVideos({ sort: "random" });
  // @ts-expect-error -- no such parameter
  await video.getVideos({ page: 2 });
  // @ts-expect-error -- a boolean was taken for the three words
  await video.getVideos({ nsfw: true });
}

export async function lists({ video }: PeerTube, options: PagesOptions): Promise<void> {
  const list = video.getVideos({ count: 5 });
  exactly<PagedPromise<GetVideosResponses, Video>>()(list);
  // It is a promise like any other.
  const promise: ApiPromise<GetVideosResponses> = list;
  exactly<VideoListResponse>()(await promise);
  try {
    for await (const one of list.items(options)) exactly<Video>()(one);
    for await (const page of list.pages({ limit: undefined, signal: undefined }))
      exactly<Page<VideoListResponse, Video>>()(page);
    const items = list.items();
    await items.return();
  } catch (error) {
    if (error instanceof PagingError) exactly<string>()(error.operation.operationId);
  }
  // @ts-expect-error -- links have directions, offsets have none
  use(list.items({ direction: "next" }));
  // @ts-expect-error -- a video is no list
  use(video.getVideo({ id: 1 }).items);
}

export async function undocumented(peertube: PeerTube): Promise<void> {
  exactly<unknown>()(await peertube.request({ method: "GET", path: "/x" }));
  const call = { method: "GET", path: "/x/{id}", pathParams: { id: 1 }, query: { a: ["b"] } };
  exactly<OAuthClient>()(await peertube.request<OAuthClient>(call, { auth: { OAuth2: "t" } }));
  // @ts-expect-error -- no such option
  await peertube.request(call, { retries: 3 });
  // @ts-expect-error -- a path is needed
  await peertube.request({ method: "GET" });
}

export async function logIn({ session }: PeerTube): Promise<void> {
  const token = await session.getOAuthToken({
    body: { ...CLIENT, grant_type: "password", username: "u", password: "p" },
    "x-peertube-otp": "123456",
  });
  exactly<OAuthTokenResponse>()(token);
  await session.getOAuthToken({
    body: { ...CLIENT, grant_type: "password", username: "u", externalAuthToken: "t" },
  });
  await session.getOAuthToken({
    body: { ...CLIENT, grant_type: "refresh_token", refresh_token: "r" },
  });

  await session.getOAuthToken({
    // @ts-expect-error -- a password login needs the user's name
    body: { ...CLIENT, grant_type: "password", password: "p" },
  });
  await session.getOAuthToken({
    // @ts-expect-error -- a password login needs a password, or an external token
    body: { ...CLIENT, grant_type: "password", username: "u" },
  });
  await session.getOAuthToken({
    // @ts-expect-error -- a renewal needs the refresh token
    body: { ...CLIENT, grant_type: "refresh_token" },
  });
  await session.getOAuthToken({
    // @ts-expect-error -- a renewal has no password
    body: { ...CLIENT, grant_type: "refresh_token", refresh_token: "r", password: "p" },
  });
  await session.getOAuthToken({
    // @ts-expect-error -- a password login has no refresh token
    body: { ...CLIENT, grant_type: "password", username: "u", password: "p", refresh_token: "r" },
  });
  await session.getOAuthToken({
    // @ts-expect-error -- a refresh token is no password login
    body: { ...CLIENT, grant_type: "password", refresh_token: "r" },
  });
  await session.getOAuthToken({
    // @ts-expect-error -- no such grant
    body: { ...CLIENT, grant_type: "client_credentials" },
  });
  await session.getOAuthToken({
    // @ts-expect-error -- the grant has no default
    body: { ...CLIENT, username: "u", password: "p" },
  });
  await session.getOAuthToken({
    // @ts-expect-error -- the client has to name itself
    body: { grant_type: "refresh_token", refresh_token: "r" },
  });
  await session.getOAuthToken({
    body: { ...CLIENT, grant_type: "refresh_token", refresh_token: "r" },
    // @ts-expect-error -- keys have their wire names
    xPeertubeOtp: "123456",
  });
}

export async function paths({ video }: PeerTube): Promise<void> {
  await video.getVideo({ id: 42 });
  await video.getVideo({ id: "9c9de5e8-0a1e-484a-b099-e80766180a6d" });
  // @ts-expect-error -- the id is required
  await video.getVideo({});
  // @ts-expect-error -- and it is not null
  await video.getVideo({ id: null });
  // @ts-expect-error -- nor undefined
  await video.getVideo({ id: undefined });
  // @ts-expect-error -- nor an object
  await video.getVideo({ id: { id: 42 } });
}

export async function optional({ video }: PeerTube, search: string | undefined): Promise<void> {
  // What may be left out may be undefined, so that values need not be tested first.
  await video.getVideos({ search, count: undefined, tagsOneOf: undefined });
  await video.getVideos({ tagsOneOf: "one" });
  await video.getVideos({ tagsOneOf: ["one", "two"] });
  await video.getVideo({ id: 1, "x-peertube-video-password": search });
  await video.getVideo(
    { id: 1 },
    { signal: undefined, timeout: undefined, headers: { a: search } },
  );
  // @ts-expect-error -- but it may not be null
  await video.getVideos({ search: null });
}

export async function results({ session, video }: PeerTube): Promise<void> {
  const result = await video.getVideo({ id: 1 }).result();
  if (result.ok) {
    exactly<VideoDetails>()(result.data);
    // @ts-expect-error -- a success has no error
    use(result.error);
  } else if (result.status === 404) {
    exactly<ApiErrorWith<404, ServerError>>()(result.error);
    exactly<ServerError>()(result.error.body);
    // @ts-expect-error -- an error has no data
    use(result.data);
  } else if (result.status === 429) {
    exactly<string>()(result.error.body);
  } else if (result.status === 503) {
    // Not documented: any body.
    exactly<unknown>()(result.error.body);
  }
  // @ts-expect-error -- no answer has such a status
  use(result.status === 99);

  const login = await session
    .getOAuthToken({ body: { ...CLIENT, grant_type: "refresh_token", refresh_token: "r" } })
    .result();
  if (!login.ok && (login.status === 400 || login.status === 401)) {
    exactly<OAuthTokenError>()(login.error.body);
    if (login.error.body.code === "missing_two_factor") return;
    // @ts-expect-error -- the codes are known
    use(login.error.body.code === "wrong_password");
  }

  const upload = await video
    .uploadResumable({ upload_id: "u", "Content-Range": "bytes 0-0/1", body: new Blob([]) })
    .result();
  if (!upload.ok && upload.status === 308) {
    exactly<undefined>()(upload.error.body);
    exactly<Headers>()(upload.headers);
  } else if (upload.ok) {
    exactly<VideoUploadResponse>()(upload.data);
  }

  const none = await video.delVideo({ id: 1 }).result();
  if (none.ok && none.status === 204) exactly<undefined>()(none.data);
  exactly<Promise<undefined>>()(video.delVideo({ id: 1 }).then());
}

export async function caught({ video }: PeerTube): Promise<string | undefined> {
  try {
    await video.getVideo({ id: 1 });
  } catch (error) {
    exactly<unknown>()(error);
    if (isApiError(error, "getVideo") && error.status === 404) {
      exactly<ServerError>()(error.body);
      return error.body.code;
    }
    if (isApiError(error, "getVideo") && error.status === 429) {
      exactly<string>()(error.body);
    }
    // @ts-expect-error -- no such operation
    if (isApiError(error, "getFilm")) return "";
    if (isApiError(error)) {
      exactly<ApiError>()(error);
      exactly<unknown>()(error.body);
    }
  }
  return undefined;
}

export async function views({ video }: PeerTube): Promise<void> {
  const promise = video.getVideo({ id: 1 });
  // It is a promise, for whoever takes one.
  const plain: Promise<VideoDetails> = promise;
  const [one, other] = await Promise.all([promise, plain]);
  exactly<VideoDetails>()(one);
  exactly<VideoDetails>()(other);
  const { data, status, headers, response } = await promise.withResponse();
  exactly<VideoDetails>()(data);
  exactly<number>()(status);
  exactly<Headers>()(headers);
  exactly<Response>()(response);
  const raw = await promise.asResponse();
  exactly<Response>()(raw);
  const name = await promise.then((details) => details.name);
  exactly<string>()(name);
  const fallback = await promise.catch(() => 0 as const);
  exactly<VideoDetails | 0>()(fallback);
}

export async function options(url: URL): Promise<void> {
  const token: () => Promise<string | undefined> = () => Promise.resolve(undefined);
  const client = new PeerTube({ baseUrl: url, auth: { OAuth2: token }, timeout: 1 });
  use(new PeerTube());
  use(new SessionApi({ baseUrl: "https://peertube.example", auth: { OAuth2: undefined } }));
  use(new PeerTube({ auth: { OAuth2: "token", VideoFileToken: () => "file" } }));
  // @ts-expect-error -- no such scheme
  use(new PeerTube({ auth: { BearerAuth: "token" } }));
  // @ts-expect-error -- a token is text
  use(new PeerTube({ auth: { OAuth2: { token: "t" } } }));
  // @ts-expect-error -- no such option
  use(new PeerTube({ hostname: "peertube.example" }));
  const perCall: RequestOptions = { auth: { OAuth2: () => "token" }, baseUrl: url };
  await client.session.getOAuthClient(perCall);
  // @ts-expect-error -- a client does not pass for a promise
  use(client.then);
  // @ts-expect-error -- nor do its classes
  use(client.session.then);
  // @ts-expect-error -- what sends requests is not on show
  use(client.session.request.name);
}

export async function mediaTypes({ videoFeeds, video, staticVideoFiles }: PeerTube): Promise<void> {
  const json = await videoFeeds.getSyndicatedVideos({ format: "json" });
  exactly<string>()(json.version);
  const xml = await videoFeeds.getSyndicatedVideos({
    format: "rss",
    accept: "application/rss+xml",
  });
  exactly<string>()(xml);
  // @ts-expect-error -- the operation does not answer with CSV
  await videoFeeds.getSyndicatedVideos({ format: "rss", accept: "text/csv" });
  const file = await staticVideoFiles.getPrivateWebVideoFile({ filename: "f" });
  exactly<Blob>()(file);

  const common = { "X-Upload-Content-Length": 1, "X-Upload-Content-Type": "video/mp4" };
  const body = { channelId: 1, filename: "f", name: "n" };
  await video.uploadResumableInit({ ...common, body });
  await video.uploadResumableInit({ ...common, body, contentType: "application/json" });
  await video.uploadResumableInit({
    ...common,
    body: { ...body, thumbnailfile: new Blob([]) },
    contentType: "multipart/form-data",
  });
  // @ts-expect-error -- not one of the media types
  await video.uploadResumableInit({ ...common, body, contentType: "text/plain" });

  const uploaded = await uploadVideo(video, { file: new Blob([]), body }).send();
  exactly<VideoUploadResponse>()(uploaded);
  // @ts-expect-error -- a video needs a channel
  await uploadVideo(video, { file: new Blob([]), body: { filename: "f", name: "n" } }).send();
}
