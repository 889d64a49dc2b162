/** The last days of months, as `2023-12-31`, from the month of one instant to the one before another's. */
export function months(from: string, to: Date): string[] {
  const first = new Date(from);
  const days: string[] = [];
  for (let month = first.getUTCMonth() + 1; ; month++) {
    const end = new Date(Date.UTC(first.getUTCFullYear(), month, 0));
    if (end >= to) return days;
    days.push(end.toISOString().slice(0, 10));
  }
}
