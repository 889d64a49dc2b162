import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK, SignJWT, type JWTPayload } from "jose";

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** An identity provider on this machine, which serves its discovery document and its keys as a real one does. */
export interface LocalIssuer {
  /** Its name, which is its address. */
  readonly url: string;
  /** How often its keys were asked for. */
  keysAsked: number;
  /** False: it answers everything with status 500. */
  isWell: boolean;
  /** Makes another key and forgets the ones before. */
  rotate(alg?: string): Promise<void>;
  /** A token that the newest key signs; `claims` beside the usual ones, undefined takes one away. */
  sign(claims?: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

export const AUDIENCE = "scoretree-tests";

export async function openLocalIssuer(): Promise<LocalIssuer> {
  let made = 0;
  let current: { pair: KeyPair; alg: string; kid: string };
  let jwks: { keys: JWK[] } = { keys: [] };
  const server = createServer((request, response) => {
    if (request.url === "/keys") issuer.keysAsked++;
    const bodies: Record<string, object> = {
      "/.well-known/openid-configuration": { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` },
      "/keys": jwks,
    };
    const body = bodies[request.url ?? ""];
    response.writeHead(!issuer.isWell ? 500 : body ? 200 : 404, { "content-type": "application/json", connection: "close" });
    response.end(JSON.stringify(body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer: LocalIssuer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keysAsked: 0,
    isWell: true,
    async rotate(alg = "RS256") {
      current = { pair: await generateKeyPair(alg, { extractable: true }), alg, kid: `key-${made++}` };
      jwks = { keys: [{ ...(await exportJWK(current.pair.publicKey)), kid: current.kid, alg, use: "sig" }] };
    },
    sign(claims = {}, header = {}) {
      const now = Math.floor(Date.now() / 1000);
      const payload = { iss: issuer.url, aud: AUDIENCE, sub: "lab", iat: now, exp: now + 600, ...claims } as JWTPayload;
      const { alg, kid, pair } = current;
      return new SignJWT(payload).setProtectedHeader({ alg, kid, typ: "JWT", ...header }).sign(pair.privateKey);
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  await issuer.rotate();
  return issuer;
}
