import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { tell, untilLetGo } from "../run-child";

/**
 * Serves the views at `url` with the PostGraphile of a folder, in its library mode, until it is let go; needs Node 22. Its preset Amber, its
 * pool of 10 connections, lists without cursors where no page is asked for; nothing that costs time is on. Tells its address.
 */
async function servePostGraphile(url: string, folder: string): Promise<void> {
  const load = createRequire(path.join(folder, "package.json"));
  const { postgraphile } = load("postgraphile");
  const { PostGraphileAmberPreset } = load("postgraphile/presets/amber");
  const { makePgService } = load("postgraphile/adaptors/pg");
  const { grafserv } = load("postgraphile/grafserv/node");
  const instance = postgraphile({
    extends: [PostGraphileAmberPreset],
    pgServices: [makePgService({ connectionString: url, schemas: ["peers"], poolConfig: { max: 10 } })],
    schema: { defaultBehavior: "+connection +list" },
    grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false, websockets: false },
    grafast: { explain: false },
  });
  const server = createServer();
  await instance.createServ(grafserv).addTo(server);
  server.listen(0, "127.0.0.1", () => tell(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`));
  await untilLetGo();
  server.close();
  server.closeAllConnections();
  await instance.release();
}

void servePostGraphile(process.argv[2], process.argv[3]);
