import type { ReactNode } from "react";

/** Says that an address shows nothing: what was looked for, and where to go from here. */
export function NothingHere({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="state">
      <h1>{title}</h1>
      {children}
    </section>
  );
}
