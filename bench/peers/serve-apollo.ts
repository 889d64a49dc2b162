import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { createDataSource } from "../../src/database/data-source";
import { tell, untilLetGo } from "../run-child";
import { Benchmark, Model, Reference, Score, Statistics } from "./apollo/entities";
import { resolvers, typeDefs } from "./apollo/schema";
import { Sources } from "./apollo/sources";

/** Serves the views at `url` with Apollo Server, TypeORM and DataLoader, as their manuals teach, until it is let go. Tells its address. */
async function serveApollo(url: string): Promise<void> {
  const dataSource = await createDataSource(url, [Benchmark, Model, Reference, Score, Statistics]);
  const server = new ApolloServer({ typeDefs, resolvers });
  const { url: address } = await startStandaloneServer(server, {
    listen: { host: "127.0.0.1", port: 0 },
    context: async () => ({ sources: new Sources(dataSource) }),
  });
  tell(address);
  await untilLetGo();
  await server.stop();
  await dataSource.destroy();
}

void serveApollo(process.argv[2]);
