import { OAuth2Session } from "../../../templates/runtime/oauth2.js";
import { fileStorage } from "./file-storage.js";

/*
 * A process that uses a session again and again, each time with an access token that has just been
 * rejected: node --import tsx renewing-process.ts BASE-URL CLIENT FILE ROUNDS
 */

const [baseUrl = "", client_id = "", file = "", rounds = "0"] = process.argv.slice(2);
const tokenFlow = { tokenUrl: "/oauth/token", scopes: {} };
const session = new OAuth2Session(
  { password: tokenFlow },
  { baseUrl, client: { client_id }, storage: fileStorage(file) },
);
for (let round = 0; round < Number(rounds); round += 1) {
  const rejected = await session.accessToken();
  const renewed = await session.accessToken({ rejected });
  if (renewed === undefined || renewed === rejected) throw new Error(`round ${round}: lost`);
}
