import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/*
 * What the editor takes on the PeerTube client: tsserver of this repository's TypeScript, asked as an
 * editor asks it. `tsx bench/editor.ts` prints a table; no test depends on its times.
 */

/** One question at a place of the program. */
export interface Question {
  readonly title: string;
  readonly command: "completionInfo" | "quickinfo";
  /** Text of the program, right behind which the cursor is. */
  readonly behind: string;
}

/** How long the answers took, in milliseconds of the clock. */
export interface Answered {
  readonly title: string;
  /** How many entries were offered; for a hover, the length of its text. */
  readonly offered: number;
  /** The first time that it was asked, when the types it needs are not known yet. */
  readonly first: number;
  /** The median of the times after that, each of them after an edit of the program. */
  readonly again: number;
  /** The least of them: what is left when nobody else uses the machine. */
  readonly least: number;
}

const CLIENT = fileURLToPath(new URL("../generated/peertube/index.js", import.meta.url));
const TIMES = 9;

const PROGRAM = `import { PeerTube } from ${JSON.stringify(CLIENT)};

const client = new PeerTube({ baseUrl: "https://peertube.example" });
client.about;
client.video.get;
const page = await client.video.getVideos({ count: 5, so });
const video = await client.video.getVideo({ id: 1 });
video.na;
export { page };
`;

const QUESTIONS: readonly Question[] = [
  { title: "client.|", command: "completionInfo", behind: "client." },
  { title: "client.video.|", command: "completionInfo", behind: "client.video." },
  { title: "getVideos({ | })", command: "completionInfo", behind: "{ count: 5, so" },
  { title: "video.|", command: "completionInfo", behind: "\nvideo." },
  { title: "hover over getVideos", command: "quickinfo", behind: "client.video.getVideo" },
];

interface Answer {
  readonly type: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: { readonly entries?: readonly unknown[]; readonly displayString?: string };
}

/**
 * Opens a program over the PeerTube client and asks for completions and a hover.
 *
 * @returns how long the project took to load, in milliseconds, and each answer.
 * @throws Error if tsserver answers a question with an error, or offers nothing.
 */
export async function measureEditor(): Promise<{ load: number; answers: readonly Answered[] }> {
  const folder = mkdtempSync(join(tmpdir(), "driftline-editor-"));
  const server = openServer();
  try {
    const file = join(folder, "program.ts");
    writeFileSync(join(folder, "tsconfig.json"), CONFIG);
    writeFileSync(file, PROGRAM);
    const start = performance.now();
    server.tell("open", { file, fileContent: PROGRAM });
    await server.ask("projectInfo", { file, needFileNameList: false });
    const load = performance.now() - start;
    const answers: Answered[] = [];
    for (const question of QUESTIONS) answers.push(await askOften(server, file, question));
    return { load, answers };
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}

const CONFIG = JSON.stringify({
  compilerOptions: {
    target: "ES2022",
    lib: ["ES2024", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
    module: "ESNext",
    moduleResolution: "Bundler",
    types: [],
    strict: true,
    skipLibCheck: true,
  },
  files: ["program.ts"],
});

async function askOften(server: Server, file: string, question: Question): Promise<Answered> {
  const { title, command } = question;
  const place = { file, ...placeBehind(PROGRAM, question.behind) };
  const once = async (): Promise<{ time: number; offered: number }> => {
    const start = performance.now();
    const { body } = await server.ask(command, place);
    const time = performance.now() - start;
    const offered = body?.entries?.length ?? body?.displayString?.length ?? 0;
    if (offered === 0) throw new Error(`Nothing is offered at ${title}.`);
    return { time, offered };
  };
  const { time: first, offered } = await once();
  const times: number[] = [];
  for (let round = 0; round < TIMES; round += 1) {
    // An edit at the end makes the compiler begin a new program, as typing does.
    const end = { line: PROGRAM.split("\n").length, offset: 1 };
    const edit = { file, ...end, endLine: end.line, endOffset: 1, insertString: "// \n" };
    server.tell("change", edit);
    times.push((await once()).time);
  }
  return { title, offered, first, again: median(times), least: Math.min(...times) };
}

/** Lines and offsets of tsserver begin at 1. */
function placeBehind(text: string, behind: string): { line: number; offset: number } {
  const index = text.indexOf(behind);
  if (index < 0) throw new Error(`The program has no ${JSON.stringify(behind)}.`);
  const lines = text.slice(0, index + behind.length).split("\n");
  return { line: lines.length, offset: (lines.at(-1) ?? "").length + 1 };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

type Server = ReturnType<typeof openServer>;

function openServer() {
  const path = createRequire(import.meta.url).resolve("typescript/lib/tsserver.js");
  const flags = ["--disableAutomaticTypingAcquisition", "--suppressDiagnosticEvents"];
  const child = spawn(process.execPath, [path, ...flags], { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = new Map<number, (answer: Answer) => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (!line.startsWith("{")) return;
    const answer = JSON.parse(line) as Answer;
    if (answer.type === "response") waiting.get(answer.request_seq ?? -1)?.(answer);
  });
  let seq = 0;
  const tell = (command: string, args: object): number => {
    seq += 1;
    child.stdin.write(`${JSON.stringify({ seq, type: "request", command, arguments: args })}\n`);
    return seq;
  };
  const ask = async (command: string, args: object): Promise<Answer> => {
    const answer = await new Promise<Answer>((resolve) => {
      waiting.set(tell(command, args), resolve);
    });
    if (answer.success !== true) throw new Error(`${command}: ${answer.message ?? "no answer"}`);
    return answer;
  };
  return { tell, ask, close: () => child.kill() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { load, answers } = await measureEditor();
  const lines = answers.map(({ title, offered, first, again, least }) =>
    [title, offered, first.toFixed(1), again.toFixed(1), least.toFixed(1)].join(" | "),
  );
  const head = "at | offered | first, ms | after an edit, median, ms | least, ms";
  const table = [`load of the project: ${load.toFixed(0)} ms`, head, ...lines];
  process.stdout.write(`${table.join("\n")}\n`);
}
