/** A file to be written below an output folder. */
export interface GeneratedFile {
  /** Relative to the output folder, with forward slashes; made of names that the generator chose or cleaned. */
  readonly path: string;
  /** UTF-8 text with line feeds only. */
  readonly text: string;
}
