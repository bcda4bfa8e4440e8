import { test } from "node:test";
import { createFake } from "../../../templates/runtime/fake.js";
import { Pets } from "./fake-client.js";

/* Tests of a user, for `fake.test.ts`: the first one has to fail, although nobody sees the error. */

void test("swallows", async () => {
  const { client } = createFake(Pets, {});
  await client.pets.list().catch(() => undefined);
});

void test("answers", async () => {
  const { client } = createFake(Pets, { "pets.list": [] });
  await client.pets.list();
});
