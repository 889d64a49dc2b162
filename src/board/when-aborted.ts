const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Does something once the signal aborts, unless the function that is returned was called before. A signal has one listener however many wait on
 * it: a request waits at the same time for as much as it asks for. The signal must not have aborted yet.
 */
export function whenAborted(signal: AbortSignal, act: () => void): () => void {
  const acts = waiting.get(signal) ?? listen(signal);
  acts.add(act);
  return () => void acts.delete(act);
}

function listen(signal: AbortSignal): Set<() => void> {
  const acts = new Set<() => void>();
  waiting.set(signal, acts);
  signal.addEventListener("abort", () => acts.forEach((act) => act()), { once: true });
  return acts;
}
