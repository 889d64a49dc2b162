import type { CardScore } from "./queries";

type Sample = NonNullable<NonNullable<CardScore["version"]>["stimuli"]>["samples"][number];

/** Sample stimuli as small pictures. Those that lie on another host are linked, not fetched. */
export function Samples({ samples, of }: { readonly samples: readonly Sample[]; readonly of: string }) {
  if (samples.length === 0) return null;
  const isHere = ({ url }: Sample) => new URL(url).host === location.host;
  return (
    <span className="samples" role="group" aria-label={`Sample stimuli of ${of}`}>
      {samples.map((sample) =>
        isHere(sample) ? (
          <a key={sample.position} href={sample.url}>
            <img src={new URL(sample.url).pathname} alt={`Stimulus ${sample.position}`} loading="lazy" width="22" height="22" />
          </a>
        ) : (
          <a key={sample.position} href={sample.url} rel="noreferrer">
            {sample.position}
          </a>
        ),
      )}
    </span>
  );
}
