import { describe, expect, it } from "vitest";
import { adviceFor, failingFindings, isFailing, levelOf } from "../../../generator/drift/advice.js";
import type { Gate, VersionStep } from "../../../generator/drift/drift-report.js";
import type { Finding } from "../../../generator/drift/finding.js";
import type { Level } from "../../../generator/drift/level.js";
import { checkVersion } from "../../../generator/drift/version-check.js";
import { comparisonOf, findingOf, reportOf } from "./support/builder.js";
import { acceptanceOf } from "./support/example.js";

function finding(wire: Level, source: Level, rest: Partial<Finding> = {}): Finding {
  return { ...findingOf({ rule: "property-removed", wire, source }), ...rest };
}

const SPOT = { pointer: "", file: "api.yaml", line: 1, column: 1, value: undefined };

describe("the gate", () => {
  it.each<readonly [Level, Level, Gate["failOn"], Gate["verdict"], boolean]>([
    ["breaking", "safe", "breaking", "both", true],
    ["safe", "breaking", "breaking", "both", true],
    ["breaking", "safe", "breaking", "wire", true],
    ["breaking", "safe", "breaking", "source", false],
    ["safe", "breaking", "breaking", "wire", false],
    ["undecidable", "safe", "breaking", "both", false],
    ["undecidable", "safe", "undecidable", "both", true],
    ["undecidable", "safe", "undecidable", "source", false],
    ["breaking", "safe", "undecidable", "wire", true],
    ["safe", "safe", "undecidable", "both", false],
    ["safe", "safe", "any", "both", true],
    ["safe", "safe", "any", "wire", true],
  ])(
    "wire %s, source %s, --fail-on %s, --verdict %s: fails is %s",
    (wire, source, failOn, verdict, fails) => {
      const found = finding(wire, source);
      expect(failingFindings([found], { failOn, verdict })).toEqual(fails ? [found] : []);
    },
  );

  it("takes the worse of both verdicts where both count", () => {
    expect(levelOf(finding("safe", "undecidable"), "both")).toBe("undecidable");
    expect(levelOf(finding("breaking", "undecidable"), "both")).toBe("breaking");
  });

  it("fails for an acceptance file that is not so, where any drift counts", () => {
    const acceptance = acceptanceOf("accepted: [{ reason: known, rule: property-added }]");
    const report = (failOn: Gate["failOn"]): boolean =>
      isFailing(reportOf(comparisonOf([]), { acceptance, gate: { failOn, verdict: "both" } }));
    expect([report("any"), report("undecidable")]).toEqual([true, false]);
  });
});

describe("the advice", () => {
  it.each<readonly [name: string, findings: readonly Finding[], step: VersionStep]>([
    ["nothing", [], "none"],
    ["a break on the wire", [finding("breaking", "safe")], "major"],
    ["a break in the source", [finding("safe", "safe"), finding("safe", "breaking")], "major"],
    ["what cannot be decided", [finding("undecidable", "safe")], "minor"],
    ["something new", [finding("safe", "safe", { new: SPOT })], "minor"],
    ["something that nobody notices", [finding("safe", "safe", { old: SPOT, new: SPOT })], "patch"],
  ])("for %s", (_name, findings, step) => {
    expect(adviceFor(findings)).toBe(step);
  });

  it("is a minor version where a name stays as a deprecated alias", () => {
    const renamed = findingOf({ rule: "operation-id-changed", wire: "safe", source: "safe" });
    expect(adviceFor([{ ...renamed, old: SPOT, new: SPOT }])).toBe("minor");
  });

  it("counts what is accepted, too: that spares no caller", () => {
    const acceptance = acceptanceOf("accepted: [{ reason: known, rule: property-removed }]");
    const report = reportOf(comparisonOf([finding("breaking", "safe")]), { acceptance });
    expect([report.findings.length, report.advice]).toEqual([0, "major"]);
  });
});

describe("a new version", () => {
  it.each<readonly [before: string, after: string, advice: VersionStep, isEnough: boolean]>([
    ["1.2.3", "2.0.0", "major", true],
    ["1.2.3", "3.1.0", "major", true],
    ["1.2.3", "1.3.0", "major", false],
    ["1.2.3", "1.3.0", "minor", true],
    ["1.2.3", "1.2.4", "minor", false],
    ["1.2.3", "1.2.4", "patch", true],
    ["1.2.3", "1.2.3", "patch", false],
    ["1.2.3", "1.2.3", "none", true],
    ["1.2.3", "1.2.2", "none", false],
    ["1.2.3", "1.0.0", "major", false],
    // Before 1.0.0 the second number is what the first is later.
    ["0.2.3", "0.3.0", "major", true],
    ["0.2.3", "0.2.4", "major", false],
    ["0.2.3", "0.2.4", "minor", true],
    ["0.2.3", "1.0.0", "major", true],
    ["0.2.3", "0.2.3", "patch", false],
    // A pre-release is enough where its release is.
    ["1.2.3", "2.0.0-rc.1", "major", true],
    ["1.2.3", "1.3.0-rc.1", "major", false],
    ["2.0.0-rc.1", "2.0.0-rc.2", "major", true],
    ["2.0.0-rc.1", "2.0.0", "major", true],
    ["2.0.0-rc.2", "2.0.0-rc.1", "none", false],
    ["1.3.0-rc.1", "1.3.0", "major", false],
    // What follows a plus sign does not count (Semantic Versioning 2.0.0, 10).
    ["1.2.3+1", "1.2.3+2", "patch", false],
    ["1.2.3", "soon", "none", false],
    ["", "1.0.0", "none", false],
  ])(
    "from %j to %j, where a step %s is asked for: enough is %s",
    (before, after, advice, isEnough) => {
      expect(checkVersion(before, after, advice).isEnough).toBe(isEnough);
    },
  );

  it("is told which would do", () => {
    expect(checkVersion("1.2.3", "1.3.0", "major").message).toBe(
      "From 1.2.3 to 1.3.0 is not enough: these changes ask for 2.0.0 or higher.",
    );
    expect(checkVersion("1.2.3", "1.2", "major").message).toBe(
      '"1.2" is no version: it takes three numbers, such as 1.2.0.',
    );
  });
});
