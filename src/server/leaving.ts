import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance } from "fastify";

const leaving = new WeakSet<FastifyInstance>();

/** True once a server is to get no further requests: `/health/ready` says so, and each answer asks its client to open no more here. */
export const isLeaving = (server: FastifyInstance): boolean => leaving.has(server);

/**
 * Takes a server out of service without a failed request. For some milliseconds it answers as ever, but tells whoever sends to it not to:
 * by 503 of `/health/ready`, and by `Connection: close`. Then it listens no more, ends subscriptions so that clients connect again,
 * and lets running requests finish.
 */
export async function leaveService(server: FastifyInstance, milliseconds: number): Promise<void> {
  leaving.add(server);
  await pause(milliseconds);
  await server.close();
}
