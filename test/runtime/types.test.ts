import { describe, expectTypeOf, it } from "vitest";
import { ApiClass } from "../../templates/runtime/api-class.js";
import type { ApiPromise } from "../../templates/runtime/api-promise.js";
import { ApiError, type ApiErrorWith } from "../../templates/runtime/errors.js";
import { apiErrorGuard, type ApiErrorGuard } from "../../templates/runtime/is-api-error.js";
import type {
  BasicCredential,
  CallOptions,
  ClientOptions,
  Credential,
} from "../../templates/runtime/options.js";
import type { ApiErrorOf, Data, Result } from "../../templates/runtime/responses.js";
import type { Service } from "../../templates/runtime/service.js";
import { Transport } from "../../templates/runtime/transport.js";
import { serverTemplate } from "../../templates/runtime/server-template.js";

interface Video {
  id: string;
}
interface Accepted {
  job: number;
}
interface Problem {
  code: string;
}
interface Invalid {
  fields: string[];
}

interface Plain {
  200: Video;
  404: Problem;
}
interface Ranges {
  200: Video;
  202: Accepted;
  "4XX": Problem;
  422: Invalid;
  default: string;
}
interface OnlyDefault {
  default: Video;
}
interface SuccessRange {
  "2XX": Video;
  204: undefined;
  "5XX": string;
}
interface Empty {
  204: undefined;
}
interface OnlyErrors {
  308: undefined;
}
interface Odd {
  299: Video;
  599: Problem;
}

declare function result<R>(): Result<R>;

/** The arm of a result that has a status. */
type At<R, Status> = Extract<Result<R>, { status: Status }>;

describe("Data", () => {
  it("is what a documented success holds", () => {
    expectTypeOf<Data<Plain>>().toEqualTypeOf<Video>();
    expectTypeOf<Data<Ranges>>().toEqualTypeOf<Video | Accepted>();
    expectTypeOf<Data<OnlyDefault>>().toEqualTypeOf<Video>();
    expectTypeOf<Data<SuccessRange>>().toEqualTypeOf<Video | undefined>();
    expectTypeOf<Data<Empty>>().toEqualTypeOf<undefined>();
    expectTypeOf<Data<OnlyErrors>>().toEqualTypeOf<unknown>();
    expectTypeOf<Data<Odd>>().toEqualTypeOf<Video>();
  });
});

describe("Result", () => {
  it("narrows by ok", () => {
    const check = (): void => {
      const plain = result<Plain>();
      if (plain.ok) {
        expectTypeOf(plain.data).toEqualTypeOf<Video>();
        expectTypeOf(plain.headers).toEqualTypeOf<Headers>();
        expectTypeOf(plain.response).toEqualTypeOf<Response>();
        expectTypeOf(plain).not.toHaveProperty("error");
      } else {
        expectTypeOf(plain.error.operation.path).toEqualTypeOf<string>();
        expectTypeOf(plain).not.toHaveProperty("data");
      }
    };
    expectTypeOf(check).returns.toBeVoid();
  });

  it("narrows by status", () => {
    const check = (): void => {
      const plain = result<Plain>();
      if (plain.status === 404)
        expectTypeOf(plain.error).toEqualTypeOf<ApiErrorWith<404, Problem>>();
      if (plain.status === 200) expectTypeOf(plain.data).toEqualTypeOf<Video>();
      if (plain.status === 206) expectTypeOf(plain.data).toEqualTypeOf<Video>();
      if (plain.status === 500) expectTypeOf(plain.error.body).toEqualTypeOf<unknown>();
      if (!plain.ok && plain.status === 404)
        expectTypeOf(plain.error.body).toEqualTypeOf<Problem>();
      const ranges = result<Ranges>();
      if (ranges.status === 200) expectTypeOf(ranges.data).toEqualTypeOf<Video>();
      if (ranges.status === 202) expectTypeOf(ranges.data).toEqualTypeOf<Accepted>();
      if (ranges.status === 201) expectTypeOf(ranges.data).toEqualTypeOf<Video | Accepted>();
      if (ranges.status === 422) expectTypeOf(ranges.error.body).toEqualTypeOf<Invalid>();
      if (ranges.status === 404) expectTypeOf(ranges.error.body).toEqualTypeOf<Problem>();
      if (ranges.status === 503) expectTypeOf(ranges.error.body).toEqualTypeOf<string>();
      if (ranges.status === 304) expectTypeOf(ranges.error.body).toEqualTypeOf<string>();
      // @ts-expect-error 700 is no status
      if (ranges.status === 700) return;
      const odd = result<Odd>();
      if (odd.status === 299) expectTypeOf(odd.data).toEqualTypeOf<Video>();
      if (odd.status === 599) expectTypeOf(odd.error.body).toEqualTypeOf<Problem>();
    };
    expectTypeOf(check).returns.toBeVoid();
  });

  it("keeps the arms apart", () => {
    expectTypeOf<At<SuccessRange, 204>["data"]>().toEqualTypeOf<undefined>();
    expectTypeOf<At<OnlyDefault, 404>>().toBeNever();
    const check = (): void => {
      const range = result<SuccessRange>();
      if (range.status === 200) expectTypeOf(range.data).toEqualTypeOf<Video | undefined>();
      const fallback = result<OnlyDefault>();
      if (fallback.ok) expectTypeOf(fallback.data).toEqualTypeOf<Video>();
      if (fallback.status === 404) expectTypeOf(fallback.error.body).toEqualTypeOf<Video>();
      const none = result<OnlyErrors>();
      if (none.status === 308) expectTypeOf(none.error.body).toEqualTypeOf<undefined>();
    };
    expectTypeOf(check).returns.toBeVoid();
  });
});

describe("ApiErrorOf", () => {
  it("narrows by status", () => {
    const check = (error: ApiErrorOf<Ranges>): void => {
      if (error.status === 422) expectTypeOf(error.body).toEqualTypeOf<Invalid>();
      if (error.status === 409) expectTypeOf(error.body).toEqualTypeOf<Problem>();
      if (error.status === 500) expectTypeOf(error.body).toEqualTypeOf<string>();
    };
    expectTypeOf(check).returns.toBeVoid();
  });

  it("is what isApiError narrows to", () => {
    interface Operations {
      getVideo: Plain;
      odd: Odd;
    }
    const isApiError: ApiErrorGuard<Operations> = apiErrorGuard("Test");
    const check = (error: unknown): void => {
      if (isApiError(error, "getVideo")) {
        expectTypeOf(error).toEqualTypeOf<ApiErrorOf<Plain>>();
        if (error.status === 404) expectTypeOf(error.body.code).toBeString();
      } else if (isApiError(error)) {
        expectTypeOf(error).toEqualTypeOf<ApiError>();
      }
      // @ts-expect-error no such operation
      isApiError(error, "getVideos");
    };
    expectTypeOf(check).returns.toBeVoid();
  });
});

describe("ApiError", () => {
  it("has a body of which nothing is known", () => {
    const check = (error: unknown): void => {
      if (!(error instanceof ApiError)) return;
      expectTypeOf(error).toEqualTypeOf<ApiError>();
      expectTypeOf(error.body).toBeUnknown();
      expectTypeOf(error.status).toEqualTypeOf<number>();
    };
    expectTypeOf(check).returns.toBeVoid();
    expectTypeOf<ApiErrorWith<404, Problem>>().toExtend<ApiError>();
  });
});

describe("a generated class", () => {
  interface Auth {
    OAuth2?: Credential<string> | undefined;
    Basic?: Credential<BasicCredential> | undefined;
  }
  interface Variables {
    hostname: string;
  }
  type Options = ClientOptions<Auth, Variables>;
  type RequestOptions = CallOptions<Auth>;
  const service: Service = {
    name: "Test",
    servers: [serverTemplate("https://{hostname}", { hostname: { default: "a.test" } })],
    securitySchemes: { OAuth2: { type: "oauth2" }, Basic: { type: "http", scheme: "basic" } },
  };
  class VideoApi extends ApiClass {
    constructor(options: Options | Transport = {}) {
      super(service, options);
    }
    getVideo(params: { id: string }, options?: RequestOptions): ApiPromise<Plain> {
      return this.request(
        {
          operationId: "getVideo",
          method: "GET",
          path: "/{id}",
          pathParams: { id: params.id },
          security: [],
        },
        options,
      );
    }
  }

  it("infers", () => {
    const check = async (api: VideoApi): Promise<void> => {
      expectTypeOf(await api.getVideo({ id: "a" })).toEqualTypeOf<Video>();
      expectTypeOf((await api.getVideo({ id: "a" }).withResponse()).data).toEqualTypeOf<Video>();
      expectTypeOf(await api.getVideo({ id: "a" }).asResponse()).toEqualTypeOf<Response>();
      expectTypeOf(await api.getVideo({ id: "a" }).result()).toEqualTypeOf<Result<Plain>>();
      const [video, count] = await Promise.all([api.getVideo({ id: "a" }), Promise.resolve(1)]);
      expectTypeOf(video).toEqualTypeOf<Video>();
      expectTypeOf(count).toBeNumber();
      expectTypeOf(api.getVideo({ id: "a" })).toExtend<Promise<Video>>();
    };
    expectTypeOf(check).returns.toEqualTypeOf<Promise<void>>();
  });

  it("takes what it should, and nothing else", () => {
    const transport = new Transport(service, {});
    new VideoApi();
    new VideoApi(transport);
    new VideoApi({
      auth: { OAuth2: "t" },
      serverVariables: { hostname: "b.test" },
      baseUrl: new URL("https://a.test"),
    });
    new VideoApi({
      auth: {
        OAuth2: async () => Promise.resolve(undefined),
        Basic: () => ({ username: "", password: "" }),
      },
    });
    new VideoApi({
      auth: undefined,
      timeout: undefined,
      headers: undefined,
      fetch: undefined,
      baseUrl: undefined,
    });
    new VideoApi({ fetch });
    // @ts-expect-error no such scheme
    new VideoApi({ auth: { OAuth: "t" } });
    // @ts-expect-error no user name
    new VideoApi({ auth: { Basic: "t" } });
    // @ts-expect-error no such variable
    new VideoApi({ serverVariables: { host: "b" } });
    // @ts-expect-error the timeout is a number
    new VideoApi({ timeout: "1" });
    // @ts-expect-error signals are for calls
    new VideoApi({ signal: AbortSignal.abort() });
    // Nothing but the operations is public, and a class is no thenable.
    expectTypeOf<keyof VideoApi>().toEqualTypeOf<"getVideo">();
    expectTypeOf(transport).toEqualTypeOf<Transport>();
  });
});
