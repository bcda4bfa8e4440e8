/** A program that shows how something is used; whole, so that it can be copied and run as it is. */
export interface Example {
  /** The security schemes whose credentials it has, in order; none where it has no credentials. */
  readonly schemes: readonly string[];
  /** TypeScript, laid out, with a line feed at the end. */
  readonly code: string;
}

/** What programs import the client by, and where it is called. */
export interface ExampleSettings {
  /** Module specifier of the client's `index.js`, such as `./generated/sftpgo/index.js`. */
  readonly clientModule: string;
}
