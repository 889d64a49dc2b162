import { GraphiQL } from "graphiql";
import "graphiql/style.css";
import { createRoot } from "react-dom/client";
import card from "../../examples/model-card.graphql?raw";
import { askedByAddress } from "./asked-by-address";
import { send } from "./send";
import "./workers";

const asked = askedByAddress();

createRoot(document.getElementById("root")!).render(
  <GraphiQL fetcher={send} defaultTabs={[{ query: card }]} initialQuery={asked?.query} initialVariables={asked?.variables} />,
);
