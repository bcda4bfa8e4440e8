import { DIAGNOSTIC_CODES, isDiagnosticCode, type DiagnosticCode } from "../diagnostics/codes.js";
import { codeList, explanationText } from "../diagnostics/explanations/tell.js";
import { readExplanations } from "../diagnostics/explanations/read.js";
import { unknownCode } from "../diagnostics/unknown-code.js";
import { EXIT, failure, type CommandResult } from "./command.js";

/** `driftline explain`: tells the longer story of a code, or lists all codes. */
export async function explainCommand(code: string | undefined): Promise<CommandResult> {
  if (code === undefined) return listCodes();
  if (!isDiagnosticCode(code)) {
    const finding = unknownCode(code, "to explain");
    return failure([{ diagnostics: finding === undefined ? [] : [finding], source: undefined }]);
  }
  const explanation = (await readExplanations()).get(code);
  return {
    exitCode: EXIT.clean,
    reports: [],
    text: `${explanationText(code, explanation)}\n`,
    isData: true,
    results: { codes: [{ ...summaryOf(code), ...explanation }] },
  };
}

function listCodes(): CommandResult {
  const codes = Object.keys(DIAGNOSTIC_CODES).filter(isDiagnosticCode);
  return {
    exitCode: EXIT.clean,
    reports: [],
    text: `${codeList()}\n\n"driftline explain CODE" tells more about each.\n`,
    isData: true,
    results: { codes: codes.map(summaryOf) },
  };
}

function summaryOf(code: DiagnosticCode): {
  readonly code: DiagnosticCode;
  readonly severity: string;
  readonly meaning: string;
} {
  const { severity, meaning } = DIAGNOSTIC_CODES[code];
  return { code, severity, meaning };
}
