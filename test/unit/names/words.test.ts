import { describe, expect, it } from "vitest";
import { camelCase, kebabCase, pascalCase } from "../../../generator/names/words.js";

describe("words", () => {
  it.each([
    // text, camelCase, PascalCase, kebab-case
    ["getOAuthToken", "getOAuthToken", "GetOAuthToken", "get-o-auth-token"],
    ["get_token", "getToken", "GetToken", "get-token"],
    ["GetUser", "getUser", "GetUser", "get-user"],
    ["client-logout", "clientLogout", "ClientLogout", "client-logout"],
    ["IP Lists", "ipLists", "IPLists", "ip-lists"],
    ["API keys", "apiKeys", "APIKeys", "api-keys"],
    ["URLList", "urlList", "URLList", "url-list"],
    ["ID", "id", "ID", "id"],
    ["OAuthToken-password", "oAuthTokenPassword", "OAuthTokenPassword", "o-auth-token-password"],
    [
      "VideoConstantNumber-Category",
      "videoConstantNumberCategory",
      "VideoConstantNumberCategory",
      "video-constant-number-category",
    ],
    ["well-known", "wellKnown", "WellKnown", "well-known"],
    ["2fa", "_2fa", "_2fa", "2fa"],
    ["Crème brûlée", "cremeBrulee", "CremeBrulee", "creme-brulee"],
    ["ﬁle", "file", "File", "file"],
    ["日本", "日本", "日本", ""],
    // Characters of more than one UTF-16 unit, letters and capitals that are younger than compilers are.
    ["𠮷野", "野", "野", ""],
    ["a😀b", "aB", "AB", "a-b"],
    ["a\ua7cbb", "aB", "AB", "a-b"],
    ["აბ", "აბ", "აბ", ""],
    ["ᎠᎡ", "ᎠᎡ", "ᎠᎡ", ""],
    ["𝒇𝓸𝔬", "foo", "Foo", "foo"],
    ["$ref", "ref", "Ref", "ref"],
    ["__proto__", "proto", "Proto", "proto"],
    ["a\u200bb\u202ec", "aBC", "ABC", "a-b-c"],
    ["../../etc/passwd", "etcPasswd", "EtcPasswd", "etc-passwd"],
    ["*/ alert(1) /*", "alert1", "Alert1", "alert-1"],
    ["!!", "", "", ""],
    ["", "", "", ""],
  ])("of %j", (text, camel, pascal, kebab) => {
    expect([camelCase(text), pascalCase(text), kebabCase(text)]).toEqual([camel, pascal, kebab]);
  });
});
