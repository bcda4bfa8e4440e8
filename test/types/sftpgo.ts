import {
  type ApiResponse,
  type FsEvent,
  type GetFsEventsResponses,
  type IPListEntry,
  type IPListEntryInput,
  type PagedPromise,
  SFTPGo,
  type Share,
  type Token,
  type User,
  type UserInput,
} from "../../generated/sftpgo/index.js";
import { check, type Equal, exactly, use } from "./equal.js";

export async function logIn(baseUrl: string): Promise<void> {
  const sftpgo = new SFTPGo({ baseUrl, auth: { BasicAuth: { username: "u", password: "p" } } });
  const token = await sftpgo.token.getToken();
  exactly<Token>()(token);
  await sftpgo.token.getToken({ "X-SFTPGO-OTP": "123456" });
  await sftpgo.token.getToken({ "X-SFTPGO-OTP": undefined });
  await sftpgo.token.getToken({}, { auth: { BasicAuth: () => undefined } });
  // @ts-expect-error -- the password is part of the credential
  use(new SFTPGo({ baseUrl, auth: { BasicAuth: { username: "u" } } }));
  // @ts-expect-error -- a basic credential is not text
  use(new SFTPGo({ baseUrl, auth: { BasicAuth: "u:p" } }));
  // @ts-expect-error -- keys have their wire names
  await sftpgo.token.getToken({ xSftpgoOtp: "123456" });
  const answer = await sftpgo.token.logout();
  exactly<ApiResponse>()(answer);
}

export async function errors({ token }: SFTPGo): Promise<void> {
  const result = await token.getToken().result();
  if (result.ok) {
    exactly<Token>()(result.data);
  } else {
    // `default` covers every status that is not listed: each error has the one body.
    exactly<ApiResponse>()(result.error.body);
    // @ts-expect-error -- 418 is no registered status
    use(result.status === 418);
    if (result.status === 502) exactly<ApiResponse>()(result.error.body);
  }
}

export async function mediaTypes({ events, user, publicShares }: SFTPGo): Promise<void> {
  const list = await events.getFsEvents({ limit: 10 });
  exactly<FsEvent[]>()(list);
  const json = await events.getFsEvents({ accept: "application/json" });
  exactly<FsEvent[]>()(json);
  const csv = await events.getFsEvents({ accept: "text/csv", csv_export: true });
  exactly<string>()(csv);
  // @ts-expect-error -- the operation does not answer with XML
  await events.getFsEvents({ accept: "text/xml" });
  const result = await events.getFsEvents({ accept: "text/csv" }).result();
  if (result.ok) exactly<string>()(result.data);

  const file = await user.downloadUserFile({ path: "/a" });
  exactly<Blob>()(file);
  const zip = await publicShares.getShare({ id: "1" });
  exactly<Blob>()(zip);

  for (const body of [new Blob([]), new ArrayBuffer(1), new Uint8Array(1), new ReadableStream()]) {
    await user.createUserFile({ path: "/a", body, contentType: "text/plain" });
  }
  // @ts-expect-error -- bytes are no text, which would have to be encoded
  await user.createUserFile({ path: "/a", body: "text", contentType: "text/plain" });
  await user.createUserFiles({ path: "/", body: { filenames: [new Blob([]), new File([], "f")] } });
}

export async function directions({ users, user, ipLists }: SFTPGo): Promise<void> {
  // Only responses have what the server alone decides, only requests have what it never tells.
  check<Equal<Extract<keyof UserInput, "id" | "created_at" | "password">, "password">>();
  check<Equal<Extract<keyof User, "id" | "created_at" | "password">, "id" | "created_at">>();
  check<Equal<Extract<keyof Share, "id" | "created_at">, "id" | "created_at">>();
  await users.addUser({ body: { username: "u", password: "p" } });
  // @ts-expect-error -- the server gives the id
  await users.addUser({ body: { username: "u", id: 1 } });
  // @ts-expect-error -- and notes when
  await users.addUser({ body: { username: "u", created_at: 1 } });
  // @ts-expect-error -- a user has a name
  await users.addUser({ body: { password: "p" } });
  const [first] = await users.getUsers();
  // @ts-expect-error -- a password does not come back
  use(first?.password);
  // @ts-expect-error -- the server gives the id of a share
  await user.addShare({ body: { paths: ["/"], scope: 1, id: "1" } });

  const body: IPListEntryInput = { ipornet: "10.0.0.0/8", type: 1, mode: 1 };
  await ipLists.updateIpListEntry({ type: 1, ipornet: "10.0.0.0/8", body });
  // @ts-expect-error -- the path and the body both have a type
  await ipLists.updateIpListEntry({ ipornet: "10.0.0.0/8", body });
  // @ts-expect-error -- there are three lists
  await ipLists.getIpListEntries({ type: 4 });
}

export async function lists({ events, users, ipLists }: SFTPGo): Promise<void> {
  for await (const user of users.getUsers({ limit: 5 }).items()) exactly<User>()(user);
  for await (const { items } of ipLists.getIpListEntries({ type: 1 }).pages())
    exactly<readonly IPListEntry[]>()(items);
  const list = events.getFsEvents();
  exactly<PagedPromise<GetFsEventsResponses, FsEvent>>()(list);
  for await (const event of list.items()) exactly<FsEvent>()(event);
  const text = events.getFsEvents({ accept: "text/csv" });
  // @ts-expect-error -- a text has no pages
  use(text.pages);
}

export async function limits({ events, user }: SFTPGo): Promise<void> {
  await events.getFsEvents({ actions: ["upload", "download"], protocols: ["SFTP"], statuses: [1] });
  // @ts-expect-error -- no such action
  await events.getFsEvents({ actions: ["eat"] });
  // @ts-expect-error -- a list is wanted
  await events.getFsEvents({ actions: "upload" });
  // @ts-expect-error -- the path is required
  await user.downloadUserFile({});
  // @ts-expect-error -- no digits are parsed from text
  await events.getFsEvents({ start_timestamp: "1784480786123456789" });
}
