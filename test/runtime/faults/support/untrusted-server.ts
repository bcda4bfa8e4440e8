import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";

/** A service whose certificate nobody has signed but itself. */
export interface UntrustedServer {
  /** Whether a certificate could be made; without one there is no server. */
  readonly isThere: boolean;
  /** Empty where there is none, and before the tests begin. */
  readonly url: string;
  /** How many requests got through to it: one would be a client that trusts anybody. */
  readonly requests: number;
}

/** Starts one; the certificate is made anew, with `openssl`, and left nowhere. */
export function useUntrustedServer(): UntrustedServer {
  const certificate = selfSigned();
  if (certificate === undefined) return { isThere: false, url: "", requests: 0 };
  let requests = 0;
  let url = "";
  const server = createServer(certificate, (_request, response) => {
    requests += 1;
    response.end("{}");
  });
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  server.on("tlsClientError", () => undefined);
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    isThere: true,
    get url() {
      return url;
    },
    get requests() {
      return requests;
    },
  };
}

function selfSigned(): { readonly key: string; readonly cert: string } | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), "certificate-"));
  const [key, cert] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  try {
    execFileSync(
      "openssl",
      [
        ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
        ...["-days", "1", "-keyout", key, "-out", cert, ...subject],
      ],
      { stdio: "ignore" },
    );
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } catch {
    process.stderr.write(
      "SKIPPED: a certificate that nobody trusts (openssl could not make one)\n",
    );
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
