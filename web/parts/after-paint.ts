/** Does long work once what the reader did is seen to be done. */
export function afterPaint(work: () => void): void {
  requestAnimationFrame(() => setTimeout(work));
}
