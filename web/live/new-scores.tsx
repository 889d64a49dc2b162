import { refresh } from "../graph/freshness";
import { useNewestRevision } from "./use-newest-revision";

export interface NewScoresProps {
  readonly domain: string;
  /** The revision that the page shows. */
  readonly shown: string;
  /** The conditions of the page. Under those that name a moment, nothing is ever new. */
  readonly search: URLSearchParams;
}

/** Says quietly that there is something newer than what is shown, and gets it when the reader wants it. Nothing moves by itself. */
export function NewScores({ domain, shown, search }: NewScoresProps) {
  const newest = useNewestRevision(domain, search.has("asOf") || search.has("release"));
  const isOld = newest !== null && Number(newest) > Number(shown);
  return (
    <div className="new-scores" role="status">
      {isOld && (
        <p>
          There is newer data.{" "}
          <button type="button" className="small" onClick={refresh}>
            Show it
          </button>
        </p>
      )}
    </div>
  );
}
