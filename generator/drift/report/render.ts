import type { DriftReport } from "../drift-report.js";
import type { ReportFormat } from "./formats.js";
import { githubAnnotations } from "./github.js";
import { gitlabReport } from "./gitlab.js";
import { htmlReport } from "./html/html.js";
import { jsonReports } from "./json.js";
import { junitReport } from "./junit.js";
import { COMMENT_BYTES, markdownReport } from "./markdown.js";
import { sarifReport } from "./sarif.js";
import { textReport } from "./text.js";

/** What decides how a report looks, where its format leaves a choice. */
export interface ReportOptions {
  /** Whether text is coloured. Default: no. */
  readonly color?: boolean;
  /** Whether text lists everything, however much it is. Default: no. */
  readonly all?: boolean;
  /** The longest Markdown, in bytes of UTF-8. Default: what a comment on GitHub may hold. */
  readonly maxBytes?: number;
}

/** Writes reports in a format: the whole text of a file, or what goes to standard output. */
export function renderReports(
  reports: readonly DriftReport[],
  format: ReportFormat,
  { color = false, all = false, maxBytes = COMMENT_BYTES }: ReportOptions = {},
): string {
  switch (format) {
    case "text":
      return textReport(reports, { color, all });
    case "json":
      return jsonReports(reports);
    case "markdown":
      return markdownReport(reports, { maxBytes });
    case "html":
      return htmlReport(reports);
    case "github":
      return githubAnnotations(reports);
    case "gitlab":
      return gitlabReport(reports);
    case "sarif":
      return sarifReport(reports);
    case "junit":
      return junitReport(reports);
  }
}
