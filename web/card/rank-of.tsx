import type { CardScore } from "./queries";

/** A rank with how many share it, and the ranks that are possible given everybody's errors. */
export function RankOf({ score }: { readonly score: CardScore }) {
  const { rank, tiedWith, rankInterval, state } = score;
  if (rank === null) return <span className="rank-of">{state === "FAILED" ? "X" : ""}</span>;
  const isWide = rankInterval !== null && rankInterval.best !== rankInterval.worst;
  return (
    <span className="rank-of">
      {tiedWith !== null && tiedWith > 0 ? (
        <b title={`shared with ${tiedWith} other ${tiedWith === 1 ? "model" : "models"}`}>
          ={rank}
          <span className="unseen"> shared with {tiedWith} others</span>
        </b>
      ) : (
        <b>{rank}</b>
      )}
      {isWide && (
        <small title="ranks that are possible given the standard errors">
          {rankInterval.best}–{rankInterval.worst}
        </small>
      )}
    </span>
  );
}
