import { QueryClient } from "@tanstack/query-core";
import {
  infiniteQueryOptions,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useSuspenseQuery,
} from "@tanstack/react-query";
import { Mastodon, type Status } from "./mastodon/index.js";
import { getTimelineHomeInfinite } from "./mastodon/tanstack-query.js";
import { isApiError, PeerTube, type Video, type VideoDetails } from "./peertube/index.js";
import {
  delVideoMutation,
  getVideoQuery,
  getVideosInfinite,
  getVideosQuery,
  videoKey,
} from "./peertube/tanstack-query.js";
import { SFTPGo, type ServicesStatus } from "./sftpgo/index.js";
import { getStatusQuery, logoutQuery } from "./sftpgo/tanstack-query.js";

/** Compiles only where both types are the same. */
function same<Expected>(): <Actual>(
  value: Actual,
  ...same: [Actual] extends [Expected] ? ([Expected] extends [Actual] ? [] : [never]) : [never]
) => void {
  return () => undefined;
}

const peertube = new PeerTube();
const mastodon = new Mastodon();
const sftpgo = new SFTPGo();
const queryClient = new QueryClient();

export function reads(): void {
  const video = useQuery(getVideoQuery(peertube.video, { id: 1 }));
  same<VideoDetails | undefined>()(video.data);
  if (isApiError(video.error, "getVideo") && video.error.status === 404) {
    same<404>()(video.error.status);
  }
  same<VideoDetails>()(useSuspenseQuery(getVideoQuery(peertube.video, { id: 1 })).data);
  const names = useQuery({
    ...getVideosQuery(peertube.video),
    select: ({ data }) => data?.map(({ name }) => name),
  });
  same<string | undefined>()(names.data?.[0]);
  same<ServicesStatus | undefined>()(useQuery(getStatusQuery(sftpgo.maintenance)).data);

  // @ts-expect-error -- the parameter `id` is missing
  getVideoQuery(peertube.video);
  // @ts-expect-error -- the class of another client
  getVideoQuery(sftpgo.users, { id: 1 });
  // @ts-expect-error -- a method that takes no parameters
  getStatusQuery(sftpgo.maintenance, {});
  // @ts-expect-error -- no such parameter
  getVideosQuery(peertube.video, { colour: "red" });
}

export function tagsKeys(): void {
  const options = queryOptions(getVideoQuery(peertube.video, { id: 1 }));
  same<VideoDetails | undefined>()(queryClient.getQueryData(options.queryKey));
  const pages = infiniteQueryOptions(getVideosInfinite(peertube.video));
  same<Video | undefined>()(queryClient.getQueryData(pages.queryKey)?.pages[0]?.items[0]);
  void queryClient.invalidateQueries({ queryKey: videoKey(peertube.video) });
  void queryClient.invalidateQueries({ queryKey: getVideosQuery.key(peertube.video) });
}

export function goesOn(): void {
  const { data, fetchNextPage } = useInfiniteQuery(getVideosInfinite(peertube.video, { count: 5 }));
  void fetchNextPage();
  same<Video[] | undefined>()(data?.pages.flatMap(({ items }) => items));
  const home = useInfiniteQuery(getTimelineHomeInfinite(mastodon.timelines));
  void home.fetchPreviousPage();
  same<Status[] | undefined>()(home.data?.pages.flatMap(({ items }) => items));
}

export function writes(): void {
  const removal = useMutation(delVideoMutation(peertube.video));
  removal.mutate({ id: 1 });
  // @ts-expect-error -- the parameter `id` is missing
  removal.mutate({});
  // @ts-expect-error -- variables are needed
  removal.mutate();
  same<unknown>()(useQuery(logoutQuery(sftpgo.token)).data as unknown);
}
