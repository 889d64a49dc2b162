import { type FormEvent, useState } from "react";
import { client } from "../graph/client";
import { CopyButton } from "../parts/copy-button";
import { type AccountShown, createKeyMutation, revokeKeyMutation } from "./queries";

/** The keys of an account. A new one's secret is shown once. */
export function AccountKeys({ keys }: { readonly keys: AccountShown["apiKeys"] }) {
  const [name, setName] = useState("");
  const [secret, setSecret] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  async function create(event: FormEvent): Promise<void> {
    event.preventDefault();
    const { data, error } = await client.mutation(createKeyMutation, { name }).toPromise();
    setSecret(data?.createApiKey.secret ?? null);
    setFault(error?.message ?? data?.createApiKey.userErrors[0]?.message ?? null);
    setName("");
  }
  async function revoke(apiKey: string): Promise<void> {
    const { data, error } = await client.mutation(revokeKeyMutation, { apiKey }).toPromise();
    setFault(error?.message ?? data?.revokeApiKey.userErrors[0]?.message ?? null);
  }
  return (
    <section aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      {fault !== null && <p role="alert">{fault}</p>}
      {secret !== null && (
        <p className="secret" role="status">
          <code>{secret}</code> <CopyButton text={secret} />
          <br />
          Keep it now: it is not shown again.
        </p>
      )}
      <table className="plain">
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <th scope="row">{key.name}</th>
              <td>
                <code>{key.prefix}…</code>
              </td>
              <td>made {key.createdAt.slice(0, 10)}</td>
              <td>{key.lastUsedAt === null ? "never used" : `used ${key.lastUsedAt.slice(0, 10)}`}</td>
              <td>
                {key.revokedAt !== null ? (
                  "revoked"
                ) : (
                  <button type="button" className="small" aria-label={`Revoke ${key.name}`} onClick={() => void revoke(key.id)}>
                    Revoke
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <form onSubmit={(event) => void create(event)}>
        <label>
          A new key for
          <br />
          <input
            required
            maxLength={200}
            placeholder="my evaluation script"
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <button type="submit">Make</button>
      </form>
    </section>
  );
}
