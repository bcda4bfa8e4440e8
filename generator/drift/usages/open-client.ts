import path from "node:path";
import { ts } from "ts-morph";

/** A generated client, as the compiler sees it. */
export interface GeneratedClient {
  readonly checker: ts.TypeChecker;
  /** What its index exports, by name. */
  readonly exported: ReadonlyMap<string, ts.Symbol>;
}

/** A method of a generated class. */
export interface GeneratedMethod {
  readonly symbol: ts.Symbol;
  /** The type of `params`, for each way to call it; none where there is nothing to pass. */
  readonly params: readonly ts.Type[];
  /** The interfaces of bodies by status. */
  readonly responses: readonly ts.Type[];
}

/** Opens the client in a folder; `undefined` where there is none. */
export function openClient(program: ts.Program, folder: string): GeneratedClient | undefined {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(path.join(folder, "index.ts").split(path.sep).join("/"));
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) return undefined;
  const exported = checker
    .getExportsOfModule(module)
    .map((symbol) => [symbol.name, meant(checker, symbol)] as const);
  return { checker, exported: new Map(exported) };
}

/** The method that `VideoApi.getVideo` names; `undefined` where the client has none. */
export function methodNamed(
  { checker, exported }: GeneratedClient,
  name: string,
): GeneratedMethod | undefined {
  const [className = "", methodName = ""] = name.split(".");
  const owner = exported.get(className);
  const symbol = owner && checker.getDeclaredTypeOfSymbol(owner).getProperty(methodName);
  if (symbol === undefined) return undefined;
  const signatures = checker.getTypeOfSymbol(symbol).getCallSignatures();
  return {
    symbol,
    params: signatures.flatMap((signature) =>
      signature.parameters
        .filter((parameter) => parameter.name === "params")
        .map((parameter) => checker.getTypeOfSymbol(parameter)),
    ),
    responses: signatures.flatMap((signature) => {
      const type = signature.getReturnType() as ts.TypeReference;
      const [responses] = checker.getTypeArguments(type);
      return responses ?? [];
    }),
  };
}

/** What an imported name stands for. */
export function meant(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}
