/*
 * Patterns of documents (JSON Schema 2020-12, validation, 6.3.3) are never run: one that takes exponential time is
 * quickly written. Simple ones are read here, so that texts can be made of them and held against them in a time that
 * their lengths bound.
 */

/** A pattern that was read: a text is of it if one of its branches is in the text. */
export type Pattern = readonly Branch[];

interface Branch {
  readonly isFromStart: boolean;
  readonly isToEnd: boolean;
  readonly pieces: readonly Piece[];
}

/** What stands in one place, and how often. */
interface Piece {
  readonly token: Token;
  readonly least: number;
  readonly most: number;
}

type Token =
  Characters | { readonly kind: "group"; readonly choices: readonly (readonly Piece[])[] };

/** Some characters, or all but those. */
interface Characters {
  readonly kind: "characters";
  readonly ranges: readonly Range[];
  readonly isNegated: boolean;
}

type Range = readonly [first: string, last: string];

/** Longer patterns, texts and repetitions are not looked at. */
const LONGEST = 500;

/* -------------------------------------------------------------------------------- reading */

/** Reads a pattern; `undefined` where it has anything but characters, classes, groups, choices and repetitions. */
export function readPattern(pattern: string): Pattern | undefined {
  if (pattern.length > LONGEST) return undefined;
  const reader = { characters: Array.from(pattern), next: 0 };
  const branches: Branch[] = [];
  do {
    const isFromStart = take(reader, "^");
    const pieces = readPieces(reader, 0);
    if (pieces === undefined) return undefined;
    branches.push({ isFromStart, isToEnd: take(reader, "$"), pieces });
  } while (take(reader, "|"));
  return reader.next === reader.characters.length ? branches : undefined;
}

interface Reader {
  readonly characters: readonly string[];
  next: number;
}

function peek({ characters, next }: Reader): string {
  return characters[next] ?? "";
}

function take(reader: Reader, character: string): boolean {
  if (peek(reader) !== character) return false;
  reader.next += 1;
  return true;
}

const MOST_GROUPS_AROUND = 5;

function readPieces(reader: Reader, level: number): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  while (!["", "|", ")", "$", "^"].includes(peek(reader))) {
    const token = readToken(reader, level);
    const count = token && readCount(reader);
    if (token === undefined || count === undefined) return undefined;
    pieces.push({ token, ...count });
  }
  return pieces;
}

function readToken(reader: Reader, level: number): Token | undefined {
  if (take(reader, "(")) return readGroup(reader, level);
  if (take(reader, "[")) return readClass(reader);
  if (take(reader, "\\")) return readEscape(reader);
  const character = peek(reader);
  if ("*+?{}]".includes(character)) return undefined;
  reader.next += 1;
  return character === "." ? allBut(["\n", "\n"], ["\r", "\r"]) : only([character, character]);
}

function readGroup(reader: Reader, level: number): Token | undefined {
  // Of what begins with a question mark, only the group without a capture is simple.
  if (take(reader, "?") && !take(reader, ":")) return undefined;
  if (level === MOST_GROUPS_AROUND) return undefined;
  const choices: (readonly Piece[])[] = [];
  do {
    const pieces = readPieces(reader, level + 1);
    if (pieces === undefined) return undefined;
    choices.push(pieces);
  } while (take(reader, "|"));
  return take(reader, ")") ? { kind: "group", choices } : undefined;
}

function readClass(reader: Reader): Characters | undefined {
  const isNegated = take(reader, "^");
  const ranges: Range[] = [];
  while (peek(reader) !== "]") {
    const first = readMember(reader);
    if (first === undefined) return undefined;
    const [from, to] = first[0] ?? [];
    const isRange =
      peek(reader) === "-" && ![undefined, "]"].includes(reader.characters[reader.next + 1]);
    if (!isRange || from === undefined || from !== to) {
      ranges.push(...first);
      continue;
    }
    reader.next += 1;
    const [[last, same] = []] = readMember(reader) ?? [];
    if (last === undefined || last !== same || last < from) return undefined;
    ranges.push([from, last]);
  }
  reader.next += 1;
  return { kind: "characters", ranges, isNegated };
}

/** A member of a class: one character, or those that an escape stands for. */
function readMember(reader: Reader): readonly Range[] | undefined {
  if (take(reader, "\\")) {
    const escaped = readEscape(reader);
    return escaped === undefined || escaped.isNegated ? undefined : escaped.ranges;
  }
  const character = peek(reader);
  if (character === "") return undefined;
  reader.next += 1;
  return [[character, character]];
}

const DIGITS: readonly Range[] = [["0", "9"]];
const WORD: readonly Range[] = [
  ["a", "z"],
  ["A", "Z"],
  ["0", "9"],
  ["_", "_"],
];
const SPACE: readonly Range[] = [
  [" ", " "],
  ["\t", "\r"],
];

const ESCAPES: ReadonlyMap<string, Characters> = new Map([
  ["d", only(...DIGITS)],
  ["D", allBut(...DIGITS)],
  ["w", only(...WORD)],
  ["W", allBut(...WORD)],
  ["s", only(...SPACE)],
  ["S", allBut(...SPACE)],
]);

/** What stands behind a backslash: a class, or a sign that means itself. */
function readEscape(reader: Reader): Characters | undefined {
  const character = peek(reader);
  reader.next += 1;
  const isSign = /^[!-/:-@[-`{-~]$/.test(character);
  return ESCAPES.get(character) ?? (isSign ? only([character, character]) : undefined);
}

function only(...ranges: readonly Range[]): Characters {
  return { kind: "characters", ranges, isNegated: false };
}

function allBut(...ranges: readonly Range[]): Characters {
  return { kind: "characters", ranges, isNegated: true };
}

function readCount(reader: Reader): Pick<Piece, "least" | "most"> | undefined {
  const count = readRepetition(reader);
  // Whether it takes as much as it can makes no difference to which texts there are.
  take(reader, "?");
  return count === undefined || count.least > LONGEST ? undefined : count;
}

function readRepetition(reader: Reader): Pick<Piece, "least" | "most"> | undefined {
  if (take(reader, "*")) return { least: 0, most: Infinity };
  if (take(reader, "+")) return { least: 1, most: Infinity };
  if (take(reader, "?")) return { least: 0, most: 1 };
  if (peek(reader) !== "{") return { least: 1, most: 1 };
  const end = reader.characters.indexOf("}", reader.next);
  const inside = end === -1 ? "" : reader.characters.slice(reader.next + 1, end).join("");
  const [, least, comma, most] = /^([0-9]{1,4})(,?)([0-9]{0,4})$/.exec(inside) ?? [];
  if (least === undefined) return undefined;
  reader.next = end + 1;
  return {
    least: Number(least),
    most: most !== "" ? Number(most) : comma === "" ? Number(least) : Infinity,
  };
}

/* ------------------------------------------------------------------------------ comparing */

/** How many places of a text may be looked at: repetitions within each other multiply. */
const MOST_STEPS = 20_000;

interface Text {
  readonly characters: readonly string[];
  steps: number;
}

/** Whether a text is of a pattern; one that is long, or takes long to tell, is of none. */
export function isOfPattern(written: string, pattern: Pattern): boolean {
  const text: Text = { characters: Array.from(written), steps: 0 };
  const { length } = text.characters;
  if (length > LONGEST) return false;
  return pattern.some(({ isFromStart, isToEnd, pieces }) => {
    const starts = isFromStart ? [0] : Array.from({ length: length + 1 }, (_, index) => index);
    const ends = endsOf(pieces, text, new Set(starts));
    return isToEnd ? ends.has(length) : ends.size > 0;
  });
}

type Places = ReadonlySet<number>;

/** Where pieces can end that begin in some places. */
function endsOf(pieces: readonly Piece[], text: Text, starts: Places): Places {
  return pieces.reduce((places, piece) => endsOfPiece(piece, text, places), starts);
}

function endsOfPiece({ token, least, most }: Piece, text: Text, starts: Places): Places {
  const found = new Set(least === 0 ? starts : []);
  let places = starts;
  for (let count = 1; count <= most && places.size > 0 && text.steps < MOST_STEPS; count += 1) {
    const ends = endsOfToken(token, text, places);
    // From a place that was reached before, nothing new is reached.
    places = count < least ? ends : new Set([...ends].filter((place) => !found.has(place)));
    if (count >= least) for (const place of places) found.add(place);
  }
  return found;
}

function endsOfToken(token: Token, text: Text, starts: Places): Places {
  text.steps += starts.size;
  if (text.steps > MOST_STEPS) return new Set();
  if (token.kind === "group")
    return new Set(token.choices.flatMap((choice) => [...endsOf(choice, text, starts)]));
  const fitting = [...starts].filter((place) => has(token, text.characters[place]));
  return new Set(fitting.map((place) => place + 1));
}

function has({ ranges, isNegated }: Characters, character: string | undefined): boolean {
  if (character === undefined) return false;
  return ranges.some(([first, last]) => first <= character && character <= last) !== isNegated;
}

/* --------------------------------------------------------------------------------- making */

/** A text of a pattern, as short as it can be but for what may be there any number of times: of that, one. */
export function textOfPattern([branch]: Pattern): string | undefined {
  return branch && textOfPieces(branch.pieces);
}

function textOfPieces(pieces: readonly Piece[]): string | undefined {
  const texts = pieces.map(({ token, least, most }) =>
    textOfToken(token)?.repeat(most === Infinity ? Math.max(least, 1) : least),
  );
  const text = texts.includes(undefined) ? undefined : texts.join("");
  return text === undefined || text.length > LONGEST ? undefined : text;
}

function textOfToken(token: Token): string | undefined {
  if (token.kind === "group") return token.choices.map(textOfPieces)[0];
  const wanted = ["a", "A", "1", "_", "-", "."].find((character) => has(token, character));
  return wanted ?? (token.isNegated ? undefined : token.ranges[0]?.[0]);
}
