/** A page of the reference: Markdown (CommonMark 0.31 with tables of GitHub Flavored Markdown). */
export interface Page {
  /** Relative to the folder of the pages, such as `SessionApi.md` or `models/Video.md`. */
  readonly path: string;
  /** What lists and search call it. */
  readonly title: string;
  readonly text: string;
}
