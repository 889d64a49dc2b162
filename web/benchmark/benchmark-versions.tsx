import { Samples } from "../card/samples";
import { displayValue } from "../parts/display-value";
import type { BenchmarkShown } from "./queries";

type Version = BenchmarkShown["versions"][number];

function recorded({ recording }: Version): string {
  if (!recording) return "";
  const { sites, region, hemisphere, species, subjects, kind, task } = recording;
  const parts = [sites !== null && `${sites} sites`, region, hemisphere, species, subjects !== null && `${subjects} subjects`, kind, task];
  return parts.filter(Boolean).join(", ");
}

/** The versions of a leaf, the newest first, with ceiling, data and stimuli. Nothing for a parent. */
export function BenchmarkVersions({ versions, of }: Pick<BenchmarkShown, "versions"> & { readonly of: string }) {
  if (versions.length === 0) return null;
  return (
    <section aria-labelledby="versions-title">
      <h2 id="versions-title">Versions</h2>
      <div className="scroll" tabIndex={0} role="region" aria-label="Versions">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">Ceiling</th>
              <th scope="col">Valid</th>
              <th scope="col">Metric</th>
              <th scope="col">Recording</th>
              <th scope="col">Stimuli</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <tr key={version.number}>
                <th scope="row">
                  v{version.number} {version.isCurrent && <small>current</small>}
                </th>
                <td>
                  {version.ceiling === null ? "unknown" : displayValue(version.ceiling)}
                  {version.ceilingError !== null && <small> ± {displayValue(version.ceilingError)}</small>}
                </td>
                <td>
                  {version.validFrom?.slice(0, 10) ?? "not yet"}
                  {version.validTo && ` to ${version.validTo.slice(0, 10)}`}
                </td>
                <td>{version.metric?.name}</td>
                <td>{recorded(version)}</td>
                <td>
                  {version.stimuli?.count != null && `${version.stimuli.count} `}
                  {version.stimuli?.kind} <Samples samples={version.stimuli?.samples ?? []} of={of} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
