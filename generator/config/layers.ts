import { createRequire } from "node:module";
import path from "node:path";
import { diagnostic } from "../diagnostics/codes.js";
import { hasErrors, type Diagnostic, type TextPlace } from "../diagnostics/diagnostic.js";
import { createLocator, type Locator } from "../diagnostics/locate.js";
import { quoted } from "../diagnostics/quoted.js";
import { isObject, member } from "../document/json.js";
import { LIMITS } from "../document/limits.js";
import { parseText } from "../document/parse.js";
import { pointerTo } from "../document/pointer.js";
import { displayPath, readSourceFile, type ReadBytes } from "../document/read-file.js";
import type { JsonValue, SourceFile } from "../document/source.js";

/** One configuration file as it stands, without what it extends. */
export interface Layer {
  /** Absolute path. */
  readonly file: string;
  readonly source: SourceFile;
  readonly locator: Locator;
  readonly value: JsonValue;
}

/** A configuration file and all that it extends. */
export interface Layers {
  /** The file itself first; each counts before those that follow. Empty where the file cannot be read. */
  readonly layers: readonly Layer[];
  /** Absolute paths of the files that were read, or looked for in vain. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A chain of files longer than this is taken for a mistake. */
const MOST_STEPS = 10;
/** Files may extend the same ones, so that few of them could ask for very many. */
const MOST_FILES = 100;

/** Reads a configuration file and what it extends. @param file absolute path */
export function readLayers(file: string, readBytes: ReadBytes): Promise<Layers> {
  return readFrom(file, [], MOST_FILES, readBytes);
}

/** @param trail the files that led here; @param budget how many files may be read */
async function readFrom(
  file: string,
  trail: readonly string[],
  budget: number,
  readBytes: ReadBytes,
): Promise<Layers> {
  const { layer, diagnostics } = await readLayer(file, readBytes);
  if (layer === undefined) return { layers: [], files: [file], diagnostics };
  const found: Layers[] = [{ layers: [layer], files: [file], diagnostics }];
  // What is named later counts more, as what is written below does.
  for (const { text, place } of extendedBy(layer).toReversed()) {
    const target = resolved(text, file);
    const left = budget - found.reduce((sum, { files }) => sum + files.length, 0);
    const problem = refusal(target, [...trail, file], left);
    if (target === undefined || problem !== undefined)
      found.push({ layers: [], files: [], diagnostics: [wrongBase(text, problem, place)] });
    else
      found.push(located(await readFrom(target, [...trail, file], left, readBytes), text, place));
  }
  return {
    layers: found.flatMap(({ layers }) => layers),
    files: found.flatMap(({ files }) => files),
    diagnostics: found.flatMap((each) => each.diagnostics),
  };
}

async function readLayer(
  file: string,
  readBytes: ReadBytes,
): Promise<{ readonly layer?: Layer; readonly diagnostics: readonly Diagnostic[] }> {
  const read = await readSourceFile(displayPath(file), file, LIMITS, readBytes);
  if (read.value === undefined) return { diagnostics: read.diagnostics };
  const source = read.value;
  const parsed = parseText(source, LIMITS);
  if (parsed.value === undefined) return { diagnostics: parsed.diagnostics };
  const layer = { file, source, locator: createLocator(), value: parsed.value };
  return { layer, diagnostics: parsed.diagnostics };
}

/** The files that a file names under `extends`; a value of another form is told with the rest of the file. */
function extendedBy({
  value,
  locator,
  source,
}: Layer): readonly { readonly text: string; readonly place: TextPlace }[] {
  const named = member(value, "extends");
  const one = typeof named === "string" ? [{ text: named, pointer: pointerTo("extends") }] : [];
  const several = (Array.isArray(named) ? named : []).flatMap((text, index) =>
    typeof text === "string" ? [{ text, pointer: pointerTo("extends", index) }] : [],
  );
  return [...one, ...several].map(({ text, pointer }) => ({
    text,
    place: locator.inFile(source, pointer, "value"),
  }));
}

/** A path where it begins with `./` or `../`; else a file of a package, found as Node.js finds modules. */
function resolved(text: string, from: string): string | undefined {
  if (isPath(text)) return path.resolve(path.dirname(from), text);
  try {
    const file = createRequire(from).resolve(text);
    return path.isAbsolute(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

function isPath(text: string): boolean {
  return /^(?:\.\.?\/|\/)/.test(text);
}

/** Why a file cannot be extended. */
interface Refusal {
  readonly message: string;
  readonly hint: string;
}

function refusal(
  target: string | undefined,
  trail: readonly string[],
  left: number,
): Refusal | undefined {
  if (target === undefined) return NO_PACKAGE;
  if (trail.includes(target))
    return {
      message: `extends itself: ${[...trail.slice(trail.indexOf(target)), target].map((file) => quoted(displayPath(file))).join(" -> ")}`,
      hint: "Remove one of these entries of extends.",
    };
  if (trail.length >= MOST_STEPS || left <= 0)
    return {
      message: `is one too many: at most ${MOST_FILES} files may be extended, one by the other up to ${MOST_STEPS}`,
      hint: "Extend the files that are meant directly.",
    };
  return undefined;
}

const NO_PACKAGE: Refusal = {
  message: "is no file of an installed package",
  hint: 'A path begins with "./" or "../", as in ./driftline.base.yaml; anything else is a package and a file that it exports, as in @acme/api/driftline.yaml.',
};

function wrongBase(text: string, { message, hint } = NO_PACKAGE, place: TextPlace): Diagnostic {
  return diagnostic("invalid-value", { message: `${quoted(text)} ${message}.`, hint, place });
}

/** That a file cannot be read, or says nothing, is told where it is named; all else stands in the file itself. */
function located(base: Layers, text: string, place: TextPlace): Layers {
  const [layer] = base.layers;
  if (layer !== undefined && !isObject(layer.value)) {
    const { locator, source } = layer;
    const finding = diagnostic("invalid-value", {
      message: `This is extended, and should be ${MAPPING}.`,
      hint: "See docs/configuration.md for the keys.",
      place: locator.inFile(source, "", "value"),
    });
    return { ...base, layers: [], diagnostics: [...base.diagnostics, finding] };
  }
  if (layer !== undefined || !hasErrors(base.diagnostics)) return base;
  const isMissing = ({ code, place: at }: Diagnostic): boolean =>
    code === "file-not-found" && at !== undefined && "path" in at;
  return {
    ...base,
    diagnostics: base.diagnostics.map((finding) =>
      isMissing(finding)
        ? { ...finding, message: `There is no file ${quoted(text)} to extend.`, place }
        : finding,
    ),
  };
}

const MAPPING = "a mapping of keys as driftline.yaml has them";
