import type { RequestBody } from "./call.js";
import { StyledValue } from "./parameters.js";

/**
 * A parameter that is the whole query (OpenAPI 3.2, `in: querystring`), written as a body of its media type would be.
 * A form is fit for a URL as it is; whatever else is percent-encoded. The name is not written.
 *
 * @param content - what `form`, `json` or `text` made of the value; undefined means no query.
 */
export function wholeQuery(content: RequestBody | undefined): StyledValue {
  return new StyledValue((_name, encode) => {
    const text = content?.encode();
    if (typeof text !== "string" || text === "") return [];
    const isForm = content?.contentType === "application/x-www-form-urlencoded";
    return [[isForm ? text : encode(text)]];
  });
}
