import { type FormEvent, useState } from "react";
import { writeKey } from "../graph/key";

/** Takes an API key. It stays in this tab, and goes nowhere but to this server. */
export function SignIn({ isRefused }: { readonly isRefused: boolean }) {
  const [key, setKey] = useState("");
  function signIn(event: FormEvent): void {
    event.preventDefault();
    writeKey(key.trim());
    location.reload();
  }
  return (
    <div className="account">
      <h1>Sign in</h1>
      {isRefused && <p role="alert">That key is not good: it is unknown, expired or revoked.</p>}
      <form onSubmit={signIn}>
        <label>
          API key
          <br />
          <input type="password" required autoComplete="off" value={key} onChange={({ target }) => setKey(target.value)} />
        </label>
        <button type="submit">Sign in</button>
      </form>
      <p className="soft">
        The key is kept until this tab is closed, and sent to this server only. Who runs it makes the first one:{" "}
        <code>scoretree key create</code>.
      </p>
    </div>
  );
}
