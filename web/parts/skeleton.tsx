/** The shape of a page whose answer is on its way. `index.html` shows the same before any script has run. */
export function Skeleton({ shape }: { readonly shape: "table" | "card" | "text" }) {
  return (
    <div className={`skeleton ${shape}`} role="status">
      <span className="unseen">Loading…</span>
      <i className="line title" />
      <i className="line" />
      <i className="block" />
    </div>
  );
}
