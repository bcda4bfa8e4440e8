/** A hand-written file that the configuration adds to a client: a copy of one in `templates/services/`. */
export interface Helper {
  /** Its file name without ending, which is what `driftline.yaml` calls it. */
  readonly name: string;
  /** The names that it exports. Nothing else in the client may have them, since `index.ts` hands on both. */
  readonly exports: readonly string[];
  readonly text: string;
  /** What the README page tells of it: a template, see `templates/services/README.md`. */
  readonly page?: string;
}
