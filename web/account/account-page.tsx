import { useState } from "react";
import { Link } from "../app/link";
import { paths } from "../app/routes";
import { client } from "../graph/client";
import { readKey, writeKey } from "../graph/key";
import { useAnswer } from "../graph/use-answer";
import { Failure } from "../parts/failure";
import { Skeleton } from "../parts/skeleton";
import { useTitle } from "../parts/use-title";
import { AccountKeys } from "./account-keys";
import { accountQuery, publishMutation } from "./queries";
import { SignIn } from "./sign-in";

/** Leaves the account, and forgets all that was answered to it. */
function signOut(): void {
  writeKey(null);
  location.reload();
}

/** The account that is signed in: its models, keys and submissions. Without one, the way in. */
export function AccountPage() {
  const { data, error } = useAnswer(accountQuery, {});
  const [faults, setFaults] = useState<readonly string[]>([]);
  useTitle("Account");
  const isRefused = readKey() !== null && error?.response?.status === 401;
  if (isRefused) return <SignIn isRefused />;
  if (error) return <Failure error={error} />;
  if (!data) return <Skeleton shape="text" />;
  const { viewer } = data;
  if (!viewer) return <SignIn isRefused={false} />;

  async function publish(model: string): Promise<void> {
    const answer = await client.mutation(publishMutation, { model }).toPromise();
    setFaults(answer.error ? [answer.error.message] : (answer.data?.updateModel.userErrors.map(({ message }) => message) ?? []));
  }
  return (
    <div className="account">
      <header className="top">
        <h1>{viewer.displayName ?? viewer.key}</h1>
        <p className="soft">
          {viewer.key}, {viewer.role.toLowerCase()}{" "}
          <button type="button" className="small" onClick={signOut}>
            Sign out
          </button>
        </p>
      </header>
      {faults.length > 0 && <p role="alert">{faults.join(" ")}</p>}
      <section aria-labelledby="own-title">
        <h2 id="own-title">Models ({viewer.models.totalCount})</h2>
        {viewer.models.nodes.length === 0 && <p className="soft">None yet. A program registers one by `registerModel`.</p>}
        <table className="plain">
          <tbody>
            {viewer.models.nodes.map(({ id, name, isPublic, domain }) => (
              <tr key={id}>
                <th scope="row">
                  <Link to={paths.model(domain.slug, name)}>{name}</Link>
                </th>
                <td>{isPublic ? "public" : "private"}</td>
                <td>
                  {!isPublic && (
                    <button type="button" className="small" aria-label={`Publish ${name}`} onClick={() => void publish(id)}>
                      Publish
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <AccountKeys keys={viewer.apiKeys} />
      <section aria-labelledby="submissions-title">
        <h2 id="submissions-title">Submissions ({viewer.submissions.totalCount})</h2>
        {viewer.submissions.nodes.length === 0 && <p className="soft">None yet. A program hands scores in by `submitScores`.</p>}
        <table className="plain">
          <tbody>
            {viewer.submissions.nodes.map(({ id, key, submittedAt, scoreCount }) => (
              <tr key={id}>
                <th scope="row">{key}</th>
                <td>{submittedAt.slice(0, 10)}</td>
                <td>{scoreCount} scores</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
