/**
 * Shows a new key: itself, alone, on the standard output, so that a script can take it; what is to be said of it beside.
 */
export function showSecret(secret: string): void {
  console.error("This is its API key. It is shown now and never again: keep it where nobody else reads it.");
  console.log(secret);
}
