import { GraphiQL } from "graphiql";
import "graphiql/style.css";
import { createRoot } from "react-dom/client";
import card from "../../examples/model-card.graphql?raw";
import { send } from "./send";
import "./workers";

createRoot(document.getElementById("root")!).render(<GraphiQL fetcher={send} defaultTabs={[{ query: card }]} />);
