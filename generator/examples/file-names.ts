/** What files are called that are passed under names like these. */
const NAMES: readonly (readonly [RegExp, ending: string])[] = [
  [
    /avatar|banner|header|icon|image|logo|picture|photo|poster|preview|thumbnail|watermark|favicon/i,
    "png",
  ],
  [/video|movie/i, "mp4"],
  [/audio|sound/i, "mp3"],
  [/caption|subtitle/i, "vtt"],
  [/archive|zip/i, "zip"],
  [/csv/i, "csv"],
];

/** A name for a file that is passed under a name: letters, digits and hyphens with an ending. */
export function fileName(name: string): string {
  const words = name
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase()
    .slice(0, 40);
  const ending = NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? "txt";
  return `${words === "" ? "file" : words}.${ending}`;
}
