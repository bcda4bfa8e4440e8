import { visible } from "../diagnostics/quoted.js";
import type { FoundDocument } from "../init/project.js";

/** Somebody who can be asked. Each answer is `undefined` where the user has had enough. */
export interface Questions {
  /** Which document is meant: a path or a URL. */
  readonly document: (found: readonly FoundDocument[]) => Promise<string | undefined>;
  /**
   * The folder of the clients.
   *
   * @param problemOf what is wrong with an answer, in a sentence
   */
  readonly output: (
    usual: string,
    problemOf: (answer: string) => string | undefined,
  ) => Promise<string | undefined>;
  /** Whether package.json gets scripts. */
  readonly scripts: (names: readonly string[]) => Promise<boolean | undefined>;
}

/** What a list of documents ends with. */
const ANOTHER = "another";

/** Asks in the terminal of this process, on standard error: standard output is for what the command gives. */
export async function terminalQuestions(): Promise<Questions> {
  const clack = await import("@clack/prompts");
  const output = process.stderr;
  const answerOf = <T>(answer: T): Exclude<T, symbol> | undefined =>
    typeof answer === "symbol" ? undefined : (answer as Exclude<T, symbol>);
  const named = async (): Promise<string | undefined> =>
    answerOf(
      await clack.text({
        message: "Where is the OpenAPI document?",
        placeholder: "a path such as specs/openapi.yaml, or a URL",
        validate: (answer) => ((answer ?? "").trim() === "" ? "A path or a URL." : undefined),
        output,
      }),
    )?.trim();
  return {
    document: async (found) => {
      if (found.length === 0) return named();
      const options = found.map(({ path, specification }) => ({
        value: path,
        label: visible(path),
        hint: specification,
      }));
      const answer = await clack.select({
        message: "Which OpenAPI document?",
        options: [...options, { value: ANOTHER, label: "another one: a path or a URL" }],
        maxItems: 10,
        output,
      });
      return answer === ANOTHER ? named() : answerOf(answer);
    },
    output: async (usual, problemOf) =>
      answerOf(
        await clack.text({
          message: "Which folder gets the client?",
          initialValue: usual,
          validate: (answer) => problemOf(answer ?? ""),
          output,
        }),
      ),
    scripts: async (names) =>
      answerOf(
        await clack.confirm({
          message: `Add the scripts ${names.join(" and ")} to package.json?`,
          output,
        }),
      ),
  };
}
