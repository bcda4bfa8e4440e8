import { confirm, outro, select, text } from "@clack/prompts";
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
  /** Says that all questions are answered, where there were any. */
  readonly end: () => void;
}

/** What a list of documents ends with. */
const ANOTHER = "another";

/**
 * Asks in the terminal of this process, on standard error: standard output is for what the command gives.
 *
 * @param clear is called before each question
 */
export function terminalQuestions(clear: () => void): Questions {
  const output = process.stderr;
  let isAsked = false;
  const begin = (): void => {
    clear();
    isAsked = true;
  };
  return {
    document: async (found) => {
      begin();
      if (found.length === 0) return locationAnswer();
      const options = found.map(({ path, specification }) => ({
        value: path,
        label: visible(path),
        hint: specification,
      }));
      const answer = await select({
        message: "Which OpenAPI document?",
        options: [...options, { value: ANOTHER, label: "another one: a path or a URL" }],
        maxItems: 10,
        output,
      });
      return answer === ANOTHER ? locationAnswer() : given(answer);
    },
    output: async (usual, problemOf) => {
      begin();
      const message = "Which folder gets the client?";
      // An Enter that was typed before the question stood there arrives without the text that it begins with.
      const validate = (answer = ""): string | undefined =>
        problemOf(answer === "" ? usual : answer);
      const answers = { initialValue: usual, defaultValue: usual };
      return given(await text({ message, ...answers, validate, output }));
    },
    scripts: async (names) => {
      begin();
      const message = `Add the scripts ${names.join(" and ")} to package.json?`;
      return given(await confirm({ message, output }));
    },
    end: () => {
      if (isAsked) outro("Generating", { output });
    },
  };
}

async function locationAnswer(): Promise<string | undefined> {
  const answer = await text({
    message: "Where is the OpenAPI document?",
    placeholder: "a path such as specs/openapi.yaml, or a URL",
    validate: (typed) => ((typed ?? "").trim() === "" ? "Give a path or a URL." : undefined),
    output: process.stderr,
  });
  return given(answer)?.trim();
}

/** The library answers with a symbol where the user has had enough. */
function given<T>(answer: T): Exclude<T, symbol> | undefined {
  return typeof answer === "symbol" ? undefined : (answer as Exclude<T, symbol>);
}
