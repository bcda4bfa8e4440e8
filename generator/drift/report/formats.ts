/** The formats in which reports can be had. They stand apart from what writes them, for the help lists them. */
export const REPORT_FORMATS = [
  "text",
  "json",
  "markdown",
  "html",
  "github",
  "gitlab",
  "sarif",
  "junit",
] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];
