/**
 * Finds the target of the first link that has a relation (RFC 8288, section 3), as it is written. Links
 * about something else than the response (`anchor`) don't count. What is malformed is skipped up to the
 * next comma; each character is looked at once.
 *
 * @param header - the value of all `Link` headers together.
 * @param relation - a registered relation, in lower case.
 */
export function linkTarget(header: string, relation: string): string | undefined {
  const scanner = new Scanner(header);
  while (!scanner.isAtEnd) {
    const target = scanner.target();
    const relations = scanner.relations();
    if (target !== undefined && relations?.split(/[ \t]/).includes(relation)) return target;
  }
  return undefined;
}

/** Goes through the text once, from the left to the right. */
class Scanner {
  readonly #text: string;
  #index = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#index >= this.#text.length;
  }

  /** What stands between `<` and `>`. */
  target(): string | undefined {
    this.#skip(" \t,");
    if (!this.#take("<")) return undefined;
    const target = this.#until(">");
    return this.#take(">") ? target.trim() : undefined;
  }

  /**
   * The `rel` parameter in lower case, the first of several; undefined if there is none, or if the link
   * is about something else. Goes up to the end of the link.
   */
  relations(): string | undefined {
    let relations: string | undefined;
    let isAbout = true;
    while (!this.isAtEnd && !this.#take(",")) {
      this.#skip(" \t;");
      const name = this.#until("=;,").trim().toLowerCase();
      const value = this.#take("=") ? this.#value() : "";
      if (name === "rel") relations ??= value.toLowerCase();
      else if (name === "anchor") isAbout = false;
      // Nothing belongs between a value and the next separator.
      this.#until(";,");
    }
    return isAbout ? relations : undefined;
  }

  #value(): string {
    this.#skip(" \t");
    return this.#take('"') ? this.#quoted() : this.#until(";,").trim();
  }

  /** The rest of a quoted string (RFC 9110, section 5.6.4). */
  #quoted(): string {
    let value = "";
    while (!this.isAtEnd && !this.#take('"')) {
      this.#take("\\");
      value += this.#text.charAt(this.#index);
      this.#index += 1;
    }
    return value;
  }

  #skip(characters: string): void {
    while (!this.isAtEnd && characters.includes(this.#text.charAt(this.#index))) this.#index += 1;
  }

  /** Steps over a character, if it is the next one. */
  #take(character: string): boolean {
    const isNext = this.#text.charAt(this.#index) === character;
    if (isNext) this.#index += 1;
    return isNext;
  }

  /** The text up to one of some characters, or to the end. */
  #until(characters: string): string {
    const start = this.#index;
    while (!this.isAtEnd && !characters.includes(this.#text.charAt(this.#index))) this.#index += 1;
    return this.#text.slice(start, this.#index);
  }
}
