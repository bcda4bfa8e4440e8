/** What files are called that are passed under names like these. */
const NAMES: readonly (readonly [RegExp, ending: string])[] = [
  [
    /avatar|banner|header|icon|image|logo|picture|photo|poster|preview|thumbnail|watermark|favicon/i,
    "png",
  ],
  [/storyboard/i, "jpg"],
  [/playlist/i, "m3u8"],
  [/torrent/i, "torrent"],
  [/video|movie/i, "mp4"],
  [/audio|sound/i, "mp3"],
  [/caption|subtitle|vtt/i, "vtt"],
  [/archive|zip/i, "zip"],
  [/csv/i, "csv"],
];

/** The endings of files, and their media types. None for `txt`, which stands for anything. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ["csv", "text/csv"],
  ["gif", "image/gif"],
  ["jpg", "image/jpeg"],
  ["json", "application/json"],
  ["m3u8", "application/vnd.apple.mpegurl"],
  ["mp3", "audio/mpeg"],
  ["mp4", "video/mp4"],
  ["pdf", "application/pdf"],
  ["png", "image/png"],
  ["svg", "image/svg+xml"],
  ["torrent", "application/x-bittorrent"],
  ["vtt", "text/vtt"],
  ["webm", "video/webm"],
  ["webp", "image/webp"],
  ["xml", "application/xml"],
  ["zip", "application/zip"],
]);

const ENDINGS: ReadonlyMap<string, string> = new Map(
  [...TYPES].map(([ending, mediaType]) => [mediaType, ending] as const),
);

/**
 * A name for a file that is passed under a name: letters, digits and hyphens with an ending.
 *
 * @param mediaType the type that the file has to be of, which decides the ending before the name does
 */
export function fileName(name: string, mediaType?: string): string {
  const words = name
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase()
    .slice(0, 40);
  const ending =
    ENDINGS.get(mediaType ?? "") ?? NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? "txt";
  return `${words === "" ? "file" : words}.${ending}`;
}

/** The media type that the ending of a file's name stands for; `undefined` for one that is not known. */
export function fileType(name: string): string | undefined {
  return TYPES.get(name.slice(name.lastIndexOf(".") + 1).toLowerCase());
}
