import { useState } from "react";

/** Puts a text into the clipboard, and says so. */
export function CopyButton({ text, children = "Copy" }: { readonly text: string; readonly children?: string }) {
  const [said, setSaid] = useState<string | null>(null);
  async function copy(): Promise<void> {
    setSaid(
      await navigator.clipboard.writeText(text).then(
        () => "Copied",
        () => "Select the text to copy it",
      ),
    );
    setTimeout(() => setSaid(null), 2_000);
  }
  return (
    <button type="button" className="small" onClick={() => void copy()}>
      <span aria-live="polite">{said ?? children}</span>
    </button>
  );
}
