import { scanJson } from "../document/json-scan.js";

/** What became of scripts that were to be added. */
export interface AddedScripts {
  /** The text of package.json with them. The same text where there is none to add. */
  readonly text: string;
  readonly added: readonly string[];
  /** Names that stand for something else already. */
  readonly taken: readonly string[];
}

/**
 * Adds scripts to a package.json without touching anything else in its text.
 *
 * @param wanted command lines by name
 * @returns `undefined` where the text cannot be changed safely
 */
export function addScripts(
  text: string,
  present: ReadonlyMap<string, string>,
  wanted: ReadonlyMap<string, string>,
): AddedScripts | undefined {
  const isNew = ([name]: readonly [string, string]): boolean => !present.has(name);
  const missing = [...wanted].filter(isNew);
  const taken = [...wanted].filter(
    ([name, line]) => present.has(name) && present.get(name) !== line,
  );
  const changed = missing.length === 0 ? text : withScripts(text, missing);
  if (changed === undefined) return undefined;
  return {
    text: changed,
    added: missing.map(([name]) => name),
    taken: taken.map(([name]) => name),
  };
}

type Entry = readonly [name: string, line: string];

function withScripts(text: string, entries: readonly Entry[]): string | undefined {
  const { root, scripts } = objectsIn(text);
  if (root === undefined) return undefined;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? "  ";
  const member = ([name, line]: Entry): string =>
    `${JSON.stringify(name)}: ${JSON.stringify(line)}`;
  if (scripts !== undefined) return inserted(text, scripts, entries.map(member), newline);
  const lines = entries.map((entry) => `${newline}${indent}${indent}${member(entry)}`).join(",");
  return inserted(text, root, [`"scripts": {${lines}${newline}${indent}}`], newline);
}

/** Adds members behind the last one of an object, laid out as that one is. */
function inserted(
  text: string,
  { open, close, lastKey }: ObjectPlace,
  members: readonly string[],
  newline: string,
): string {
  const behind = text.slice(0, close).trimEnd().length;
  const space = lastKey === undefined ? undefined : /\s*$/.exec(text.slice(0, lastKey))?.[0];
  // In an object without members the closing bracket shows how deep it stands.
  const outer = /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", open) + 1))?.[0] ?? "";
  const before = space ?? `${newline}${outer}${outer === "" ? "  " : outer}`;
  const more = members.map((member, index) =>
    index === 0 && lastKey === undefined ? `${before}${member}` : `,${before}${member}`,
  );
  const rest =
    lastKey === undefined ? `${newline}${outer}${text.slice(close)}` : text.slice(behind);
  return `${text.slice(0, behind)}${more.join("")}${rest}`;
}

/** Where an object stands in a text. */
interface ObjectPlace {
  readonly open: number;
  /** Offset of the closing bracket. */
  readonly close: number;
  /** Offset of the key of its last member; `undefined` where it has none. */
  readonly lastKey: number | undefined;
}

/** The root and its `scripts`, where they are objects. */
function objectsIn(text: string): {
  readonly root: ObjectPlace | undefined;
  readonly scripts: ObjectPlace | undefined;
} {
  const opened: { readonly open: number; readonly key: string; lastKey: number | undefined }[] = [];
  const found = new Map<string, ObjectPlace>();
  let [end, key] = [0, ""];
  const error = scanJson(text, {
    open: (start) => {
      opened.push({ open: start, key: opened.length === 0 ? "" : key, lastKey: undefined });
      end = start + 1;
      return opened.length < 100;
    },
    close: () => {
      const place = opened.pop();
      const close = /[^\s,]/.exec(text.slice(end));
      if (place === undefined || close === null) return;
      end += close.index + 1;
      if (opened.length < 2 && text[place.open] === "{")
        found.set(`${opened.length} ${place.key}`, { ...place, close: end - 1 });
    },
    key: (start, stop) => {
      const last = opened.at(-1);
      if (last !== undefined) last.lastKey = start;
      if (opened.length === 1) key = JSON.parse(text.slice(start, stop)) as string;
      end = stop;
    },
    scalar: (_start, stop) => {
      end = stop;
    },
  });
  return error === undefined
    ? { root: found.get("0 "), scripts: found.get("1 scripts") }
    : { root: undefined, scripts: undefined };
}
