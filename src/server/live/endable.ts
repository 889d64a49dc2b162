/**
 * The same generator, which can be ended while it waits for its next value: `return` aborts, and does not wait behind the value that is
 * being made, as that of a bare generator would. What it waits for has to end on the signal.
 */
export function endable<T>(inner: AsyncGenerator<T, void, void>, gone: AbortController): AsyncGenerator<T, void, void> {
  const end = () => {
    gone.abort();
    return inner.return();
  };
  return {
    next: () => inner.next(),
    return: end,
    throw: end,
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => void (await end()),
  };
}
