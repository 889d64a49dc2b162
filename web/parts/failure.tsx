import type { CombinedError } from "urql";

/** Why a page cannot show what was asked, in the server's words, and what can be done. `children`: ways out. */
export function Failure({ error, children }: { readonly error: CombinedError; readonly children?: React.ReactNode }) {
  const isLost = error.networkError !== undefined;
  return (
    <section className="state" role="alert">
      <h2>{isLost ? "The server did not answer" : "This could not be answered"}</h2>
      <p>{isLost ? "It may be restarting, or the connection is lost." : error.graphQLErrors.map(({ message }) => message).join(" ")}</p>
      <p className="ways">
        <button type="button" onClick={() => location.reload()}>
          Try again
        </button>
        {children}
      </p>
    </section>
  );
}
