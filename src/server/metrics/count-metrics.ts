import type { ProcessCounts } from "../process-counts";
import type { Told } from "./tell";

/** What a process counts of its requests, as metrics. */
export const countMetrics = ({ execution, answers, live, limits }: ProcessCounts): readonly Told[] => [
  {
    name: "answers_total",
    help: "Anonymous queries by how they were answered: kept (sent again), shared (computed for somebody else at the time), computed.",
    labels: ["how"],
    read: () => [
      [answers.sentAgainTotal, "kept"],
      [answers.sharedTotal, "shared"],
      [answers.computedTotal, "computed"],
    ],
  },
  {
    name: "answers_not_modified_total",
    help: "Anonymous queries whose answer the client had already: sent as 304.",
    read: () => answers.notModifiedTotal,
  },
  {
    name: "answers_repeated_total",
    help: "Requests the same to the byte as an earlier one, answered before anything else looked at them.",
    read: () => answers.repeatedTotal,
  },
  { name: "answers_kept", help: "Answers that are kept.", read: () => answers.kept },
  { name: "answers_kept_bytes", help: "Bytes of the answers that are kept; at most 64 MB.", read: () => answers.keptBytes },
  {
    name: "executions_total",
    help: "Operations that were executed: by a plan, or by graphql-js, with the reason: unplanned, variables, failed.",
    labels: ["how"],
    read: () => [
      [execution.plannedTotal, "plan"],
      [execution.unplannedTotal, "unplanned"],
      [execution.wrongVariablesTotal, "variables"],
      [execution.failedTotal, "failed"],
    ],
  },
  { name: "plans_total", help: "Plans that were made for queries.", read: () => execution.plansTotal },
  {
    name: "refused_total",
    help: "Operations that limits refused: exceeded (asks for too much), rate (budget used up), time (took too long), load (too much to do).",
    labels: ["why"],
    read: () => [
      [limits.exceededTotal, "exceeded"],
      [limits.rateLimitedTotal, "rate"],
      [limits.timeoutTotal, "time"],
      [limits.overloadedTotal, "load"],
    ],
  },
  { name: "admitted_total", help: "Operations that were let in to be executed.", read: () => limits.admittedTotal },
  { name: "running_operations", help: "Operations that are executed now.", read: () => limits.running },
  { name: "running_cost", help: "Estimated cost of the operations that are executed now.", read: () => limits.runningCost },
  { name: "waiting_operations", help: "Operations that wait for their turn.", read: () => limits.waiting },
  { name: "waiting_cost", help: "Estimated cost of the operations that wait for their turn.", read: () => limits.waitingCost },
  {
    name: "subscriber_connections",
    help: "Connections of subscribers, by kind: websocket, event_stream.",
    labels: ["kind"],
    read: () => [
      [live.webSockets, "websocket"],
      [live.eventStreams, "event_stream"],
    ],
  },
  { name: "subscriptions", help: "Subscriptions that wait for events or are told one.", read: () => live.subscriptions },
  { name: "subscription_events_total", help: "Events that subscribers were told.", read: () => live.eventsTotal },
  {
    name: "subscribers_dropped_total",
    help: "Subscribers let go because they did not read what they were sent.",
    read: () => live.droppedTotal,
  },
  { name: "subscribers_refused_total", help: "Subscribers for whom there was no room.", read: () => live.refusedTotal },
];
