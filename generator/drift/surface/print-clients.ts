import { printersOf } from "../../emit/print.js";
import type { ApiModel, ClassModel, Declaration } from "../../model/api-model.js";
import { operationIdentity } from "../../names/operations.js";
import type { GeneratedFile } from "../../output/generated-file.js";
import type { DocumentSurface } from "../document-side.js";
import type { Surfaces } from "./compare-service.js";
import type { Inquiry } from "./inquiry.js";
import type { ClientFiles } from "./user-program.js";

const RUNTIME = "../runtime";

/**
 * Prints of two clients what the compiler has to know: everything but the classes that nobody asks about and that
 * export the same in both. Nothing is verified, for nothing of it is written or run.
 */
export function printClients(
  { old, new: changed }: Surfaces,
  inquiries: readonly Inquiry[],
): Pick<ClientFiles, "old" | "new"> {
  const classes = new Set([
    ...askedClasses(old, inquiries),
    ...askedClasses(changed, inquiries),
    ...classesOfOtherNames(old.model, changed.model),
  ]);
  return { old: printed(old.model, classes), new: printed(changed.model, classes) };
}

/** The index tells of the client as a whole, so that it is that of all classes. */
function printed(model: ApiModel, names: ReadonlySet<string>): readonly GeneratedFile[] {
  const classes = model.classes.filter(({ className }) => names.has(className));
  const schemas = withoutDocs(model.schemas);
  const [index] = printersOf(model, RUNTIME);
  const [, ...others] = printersOf({ ...model, classes, schemas }, RUNTIME);
  return [index, ...others].flatMap((printer) => printer?.print() ?? []);
}

/**
 * Declarations without their documentation, which the compiler does not look at: to lay it out, and to read it again,
 * takes longer than the types. Declarations are plain data.
 */
function withoutDocs(declarations: readonly Declaration[]): readonly Declaration[] {
  const text = JSON.stringify(declarations, (key, value: unknown) => (key === "docs" ? [] : value));
  return JSON.parse(text) as readonly Declaration[];
}

/** The classes of the operations that inquiries are about. */
function askedClasses(
  { named }: DocumentSurface,
  inquiries: readonly Inquiry[],
): readonly string[] {
  const asked = new Set(
    inquiries
      .flatMap(({ suspects, otherwise }) => [...suspects, ...(otherwise ? [otherwise] : [])])
      .flatMap(({ pair }) => [pair?.old, pair?.new])
      .flatMap((operation) => (operation === undefined ? [] : [operationIdentity(operation)])),
  );
  return named.classes
    .filter(({ operations }) =>
      operations.some(({ operation }) => asked.has(operationIdentity(operation))),
    )
    .map(({ className }) => className);
}

/** The classes of whose files one exports a name that the other does not. */
function classesOfOtherNames(old: ApiModel, changed: ApiModel): readonly string[] {
  const [before, after] = [exportsByClass(old), exportsByClass(changed)];
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name),
  );
}

function exportsByClass({ classes }: ApiModel): ReadonlyMap<string, string> {
  return new Map(classes.map((model) => [model.className, JSON.stringify(exportsOf(model))]));
}

function exportsOf({ operations }: ClassModel): readonly string[] {
  return operations.flatMap(({ declarations }) => declarations.map(({ name }) => name)).sort();
}

/** Whether two clients export the same names, as far as can be told without the compiler: what it finds equal, is. */
export function exportsSameNames({ old, new: changed }: Surfaces): boolean {
  const [before, after] = [old.model, changed.model].map((model) =>
    JSON.stringify([
      indexText(model),
      model.schemas.map(({ name }) => name),
      [...exportsByClass(model)],
    ]),
  );
  return before === after;
}

/** What the index says but for its header, which tells the version. */
function indexText(model: ApiModel): string | undefined {
  const [index] = printersOf({ ...model, title: "", version: "" }, RUNTIME);
  return index?.print().text;
}
