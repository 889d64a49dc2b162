import { Client } from "pg";

/** How long a replica may take to be connected to, in milliseconds. */
const PATIENCE = 5_000;

/** The replicas that can be connected to now; `onLost` is told of each other one, which is left out until the next start. */
export async function reachableReplicas(urls: readonly string[], onLost: (url: string, error: unknown) => void): Promise<string[]> {
  const reached = await Promise.all(
    urls.map(async (url) => {
      const client = new Client({ connectionString: url, connectionTimeoutMillis: PATIENCE });
      client.on("error", () => undefined);
      try {
        await client.connect();
        return [url];
      } catch (error) {
        onLost(url, error);
        return [];
      } finally {
        await client.end().catch(() => undefined);
      }
    }),
  );
  return reached.flat();
}
