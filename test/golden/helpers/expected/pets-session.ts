import type { Credential } from "../runtime/options.js";

/** What is told of a log-in; the document has a schema of the same name. */
export interface Token {
  readonly value: string;
}

/** A credential that is asked for once. */
export class PetsSession {
  readonly credential: Credential<string>;

  constructor(token: Token) {
    this.credential = () => token.value;
  }
}
