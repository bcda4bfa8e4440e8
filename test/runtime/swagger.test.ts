import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateFile } from "../support/generate.js";
import { runningClient } from "../support/running-client.js";
import { partsOf } from "./support/multipart.js";
import { useServer } from "./support/server.js";

/*
 * What a client of a Swagger 2.0 document sends, byte by byte: that of the golden cases `swagger-petstore` and
 * `swagger-collection-formats`.
 */

type Methods = Readonly<Record<string, (params: unknown, options?: unknown) => Promise<unknown>>>;
type ClientClass = new (options: unknown) => Readonly<Record<string, Methods>>;

const server = useServer();
const folders: string[] = [];
let shelter: (options?: object) => Methods;
let lists: () => Methods;

beforeAll(async () => {
  const Shelter = await clientOf("swagger-petstore", "AnimalShelter");
  const Golden = await clientOf("swagger-collection-formats", "Golden");
  shelter = (options = {}) => methods(new Shelter({ baseUrl: server.url, ...options }), "animals");
  lists = () => methods(new Golden({ baseUrl: server.url }), "default");
}, 60_000);

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function clientOf(name: string, className: string): Promise<ClientClass> {
  const { files = [] } = await generateFile(`test/golden/${name}/document.yaml`);
  const { module, folder } = await runningClient(files);
  folders.push(folder);
  return module[className] as ClientClass;
}

function methods(client: Readonly<Record<string, Methods>>, name: string): Methods {
  const found = client[name];
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

describe("parameters", () => {
  it("are written as the collectionFormat says", async () => {
    await lists()["find"]?.({
      of: ["a", "b"],
      plain: [1, 2],
      csv: ["x", "y"],
      ssv: ["x", "y"],
      pipes: ["a", "b"],
      multi: [true, false],
      "X-List": ["h", "i"],
    });
    const { url, headers } = server.request;
    expect(url).toBe("/lists/a,b?plain=1,2&csv=x,y&ssv=x%20y&pipes=a%7Cb&multi=true&multi=false");
    expect(headers["x-list"]).toBe("h,i");
  });

  it("go to host and basePath, with the credentials of securityDefinitions", async () => {
    await shelter({ auth: { Key: "k" } })["listAnimals"]?.({
      kind: ["cat", "dog"],
      tag: ["a", "b"],
    });
    const { url, headers } = server.request;
    expect(url).toBe("/animals?kind=cat,dog&tag=a&tag=b");
    expect(headers["x-key"]).toBe("k");
  });
});

describe("bodies", () => {
  it("are JSON where consumes says so", async () => {
    const auth = { Login: { username: "u", password: "p" } };
    const body = { kind: "Cat", name: "Tom", indoors: true };
    await shelter({ auth })["addAnimal"]?.({ body });
    const { method, headers, body: sent } = server.request;
    expect([method, headers["content-type"]]).toEqual(["POST", "application/json"]);
    expect(headers["authorization"]).toBe(`Basic ${Buffer.from("u:p").toString("base64")}`);
    expect(JSON.parse(sent.toString())).toEqual(body);
  });

  it("are forms where parameters are form fields, and lists in them have commas", async () => {
    await shelter()["renameAnimal"]?.({ id: 7, body: { name: "T m", nicknames: ["a", "b"] } });
    const { url, headers, body } = server.request;
    expect(url).toBe("/animals/7");
    expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(body.toString()).toBe("name=T+m&nicknames=a,b");
  });

  it("are multipart where one of the fields is a file", async () => {
    const file = new File(["png"], "a.png", { type: "image/png" });
    await shelter({ auth: { Key: "k" } })["setPicture"]?.({
      id: 7,
      body: { file, caption: "Tom" },
    });
    expect(partsOf(server.request)).toEqual([
      { name: "file", fileName: "a.png", type: "image/png", body: Buffer.from("png") },
      { name: "caption", body: Buffer.from("Tom") },
    ]);
  });

  it("of multipart forms have lists as the collectionFormat says", async () => {
    const body = { plain: ["a", "b"], ssv: ["a", "b"], multi: ["a", "b"] };
    await lists()["send"]?.({ of: ["x"], body, contentType: "multipart/form-data" });
    const parts = partsOf(server.request).map(({ name, body }) => [name, body.toString()]);
    expect(parts).toEqual([
      ["plain", "a,b"],
      ["ssv", "a b"],
      ["multi", "a"],
      ["multi", "b"],
    ]);
  });
});

describe("answers", () => {
  it("that are files are blobs, and their errors JSON", async () => {
    server.answer((_, response) => {
      response.setHeader("content-type", "image/png");
      response.end("bytes");
    });
    const picture = await shelter({ auth: { Key: "k" } })["getPicture"]?.({ id: 7 });
    expect(await (picture as Blob).text()).toBe("bytes");
    expect(server.request.headers["accept"]).toBe("image/jpeg, image/png");
  });

  it("that fail have the schema of the shared response", async () => {
    server.answer((_, response) => {
      response.statusCode = 404;
      response.setHeader("content-type", "application/json");
      response.end('{"code":4,"text":"gone"}');
    });
    await expect(shelter({ auth: { Key: "k" } })["getPicture"]?.({ id: 7 })).rejects.toMatchObject({
      status: 404,
      body: { code: 4, text: "gone" },
    });
  });
});
