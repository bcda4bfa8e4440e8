import { ts } from "./syntax-trees.js";
import { FILES, GRAMMAR, GROUPS, PLACES_OF_FILES } from "./grammar.js";
import { RULES } from "./rules.js";

/** What an identifier may name, by the place at which it stands; `grammar.ts` tells what each means. */
export type Role = "name" | "type" | "value" | "parameter" | "runtime" | "class" | "module";

/** What the walk through a file finds, in the order of the text. */
export interface Found {
  /** Literals: what stands in them is no code. */
  readonly literals: readonly ts.Node[];
  /** Identifiers that refer to something, and to what they may. */
  readonly references: readonly Reference[];
}

export interface Reference {
  readonly node: ts.Identifier;
  readonly role: Exclude<Role, "name">;
}

/** Something that no emitter prints. */
export class ForeignShape extends Error {
  readonly node: ts.Node;

  constructor(node: ts.Node, what: string) {
    super(what);
    this.node = node;
  }
}

/**
 * Holds a file against the grammar: every node of it has to be of a kind that files of its name have, has to stand at a
 * place where that kind may, and may have no parts but those that the grammar names.
 *
 * @param use told of each entry of the grammar's tables that the file needs
 * @throws ForeignShape
 */
export function checkShapes(source: ts.SourceFile, use?: (entry: string) => void): Found {
  const file = Object.hasOwn(FILES, source.fileName) ? source.fileName : "class";
  const kinds = KINDS_OF_FILES.get(file) ?? NO_KINDS;
  const own = OWN_PLACES.get(file) ?? NO_OWN_PLACES;
  const literals: ts.Node[] = [];
  const references: Reference[] = [];
  const visit = (node: ts.Node): void => {
    if (!kinds.has(node.kind)) throw new ForeignShape(node, `${kindName(node)} in such a file`);
    use?.(`${file}: ${kindName(node)}`);
    const wrong = RULES.get(node.kind)?.(node);
    if (wrong !== undefined) throw new ForeignShape(node, wrong);
    if (LITERALS.has(node.kind)) literals.push(node);
    const known = visitPlaces(node);
    if (known !== countChildren(node))
      throw new ForeignShape(node, `such parts of ${kindName(node)}`);
  };
  const visitPlaces = (node: ts.Node): number => {
    let count = 0;
    for (const place of own.get(node.kind) ?? PLACES.get(node.kind) ?? NO_PLACES) {
      const found = partOf(node, place.name);
      if (found === undefined) continue;
      if (isList(found)) for (const part of found) visitPart(node, place, part);
      else visitPart(node, place, found);
      count += isList(found) ? found.length : 1;
    }
    return count;
  };
  const visitPart = (node: ts.Node, place: Place, part: ts.Node): void => {
    const role = part.kind === ts.SyntaxKind.Identifier ? place.role : undefined;
    if (role === undefined && !place.kinds.has(part.kind))
      throw new ForeignShape(part, `${kindName(part)} as ${kindName(node)}.${place.name}`);
    if (use !== undefined) {
      const entry = entryFor(node, place, role ?? kindName(part));
      use(own.has(node.kind) ? `${file}, ${entry}` : entry);
    }
    if (role !== undefined && role !== "name")
      references.push({ node: part as ts.Identifier, role });
    visit(part);
  };
  visit(source);
  return { literals, references };
}

/** The entry of the tables that lets a word stand at a place. */
function entryFor(node: ts.Node, { name, words }: Place, word: string): string {
  const group = words.find((other) => wordsOf(GROUPS[other] ?? "").includes(word));
  return group === undefined || words.includes(word)
    ? `${kindName(node)}.${name}: ${word}`
    : `${group}: ${word}`;
}

/** The name of a node's kind, as `grammar.ts` has it. */
export function kindName({ kind }: ts.Node): string {
  return KIND_NAMES.get(kind) ?? ts.SyntaxKind[kind];
}

/* --------------------------------------------------------------------- tables, made of words */

interface Place {
  readonly name: string;
  /** What the grammar says. */
  readonly words: readonly string[];
  readonly kinds: ReadonlySet<ts.SyntaxKind>;
  /** What an identifier may name here; `undefined` where there may be none. */
  readonly role: Role | undefined;
}

const LITERALS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.TemplateLiteralType,
]);

/** Some kinds have several names in the enumeration, such as `FirstStatement` and `VariableStatement`. */
const KIND_NAMES: ReadonlyMap<ts.SyntaxKind, string> = new Map(
  Object.values(FILES)
    .flatMap(wordsOf)
    .map((word) => [kindOf(word), word]),
);

type Places = ReadonlyMap<ts.SyntaxKind, readonly Place[]>;

const PLACES: Places = placesIn(GRAMMAR);
const OWN_PLACES: ReadonlyMap<string, Places> = new Map(
  Object.entries(PLACES_OF_FILES).map(([file, grammar]) => [file, placesIn(grammar)]),
);

const KINDS_OF_FILES: ReadonlyMap<string, ReadonlySet<ts.SyntaxKind>> = new Map(
  Object.entries(FILES).map(([file, words]) => [file, new Set(wordsOf(words).map(kindOf))]),
);

const NO_KINDS: ReadonlySet<ts.SyntaxKind> = new Set();
const NO_PLACES: readonly Place[] = [];
const NO_OWN_PLACES: Places = new Map();

function placesIn(grammar: typeof GRAMMAR): Places {
  return new Map(
    Object.entries(grammar).map(([kind, places]) => [
      kindOf(kind),
      Object.entries(places).map(([name, words]) => placeOf(name, wordsOf(words))),
    ]),
  );
}

function placeOf(name: string, words: readonly string[]): Place {
  const all = words.flatMap((word) => wordsOf(GROUPS[word] ?? word));
  const isKind = (word: string): boolean => /^[A-Z]/.test(word);
  const [role] = all.filter((word) => !isKind(word)) as Role[];
  return { name, words, kinds: new Set(all.filter(isKind).map(kindOf)), role };
}

/** The words of a table. */
export function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

function kindOf(word: string): ts.SyntaxKind {
  const kind = ts.SyntaxKind[word as keyof typeof ts.SyntaxKind] as ts.SyntaxKind | undefined;
  if (kind === undefined) throw new Error(`${word} is no kind of syntax`);
  return kind;
}

/* ------------------------------------------------------------------------------- the tree */

function partOf(node: ts.Node, place: string): ts.Node | readonly ts.Node[] | undefined {
  return (node as unknown as Readonly<Record<string, ts.Node | readonly ts.Node[]>>)[place];
}

function isList(part: ts.Node | readonly ts.Node[]): part is readonly ts.Node[] {
  return Array.isArray(part);
}

function countChildren(node: ts.Node): number {
  let count = 0;
  ts.forEachChild(node, () => {
    count += 1;
  });
  return count;
}
