import schema from "../config/schema.json" with { type: "json" };

const RULE = new RegExp(schema.properties.services.propertyNames.pattern, "u");
/** Longer ones make long paths. */
const LONGEST = 40;

/** The name of a service in `driftline.yaml`, made of the first of several texts that gives one. */
export function serviceName(texts: readonly (string | undefined)[]): string {
  const names = texts.map((text) => slug(text ?? ""));
  return names.find((name) => RULE.test(name)) ?? "api";
}

/** Words that say nothing: what it describes is an API anyway. */
const EMPTY_WORDS = /\b(?:open-?api|swagger|rest|api|specification|spec|documentation|v\d+)\b/g;

function slug(text: string): string {
  const plain = hyphened(
    text
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase(),
  );
  const short = hyphened(plain.replace(EMPTY_WORDS, ""));
  return cut(short === "" ? plain : short);
}

function hyphened(text: string): string {
  return text.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

/** At a hyphen, where there is one. */
function cut(name: string): string {
  if (name.length <= LONGEST) return name;
  const start = name.slice(0, LONGEST + 1);
  const hyphen = start.lastIndexOf("-");
  return start.slice(0, hyphen > 0 ? hyphen : LONGEST);
}
