import { describe, expect, it } from "vitest";
import { binary } from "../../templates/runtime/binary.js";
import { encodeAs } from "../../templates/runtime/encode-as.js";
import { ConfigurationError } from "../../templates/runtime/errors.js";
import { form } from "../../templates/runtime/form.js";
import { json } from "../../templates/runtime/json.js";
import { text } from "../../templates/runtime/text.js";
import { failureOf, TestApi } from "./support/api.js";
import { useServer } from "./support/server.js";

const server = useServer();

const ENCODERS = {
  "*/*": binary,
  "application/json": json,
  "application/x-www-form-urlencoded": (body: unknown) => form(body),
  "text/*": text,
};

async function post(contentType: string, value: unknown) {
  const body = encodeAs(contentType, value, ENCODERS);
  await new TestApi({ baseUrl: server.url }).call({ method: "POST", body });
  return server.request;
}

describe("the encoder of the media type that the caller chose", () => {
  it.each([
    ["application/json", { a: 1 }, "application/json", '{"a":1}'],
    ["application/x-www-form-urlencoded", { a: 1 }, "application/x-www-form-urlencoded", "a=1"],
    ["text/csv", "a,b", "text/csv", "a,b"],
    ["TEXT/plain; charset=utf-8", "a", "TEXT/plain; charset=utf-8", "a"],
    ["image/png", new Blob(["png"]), "image/png", "png"],
  ])("%s", async (contentType, value, type, sent) => {
    const request = await post(contentType, value);
    expect(request.headers["content-type"]).toBe(type);
    expect(request.body.toString()).toBe(sent);
  });

  it("sends no body where there is none", async () => {
    expect((await post("application/json", undefined)).body).toHaveLength(0);
  });

  it("refuses a type that no range fits, and sends nothing", async () => {
    const body = encodeAs("image/png", new Blob(["png"]), { "text/*": text });
    const before = server.requests.length;
    const call = new TestApi({ baseUrl: server.url }).call({ method: "POST", body });
    const error = await failureOf(call);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain("image/png");
    expect(server.requests).toHaveLength(before);
  });
});
