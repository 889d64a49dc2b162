import { changeSearch } from "../app/change-search";
import { useAnswer } from "../graph/use-answer";
import { countValues } from "./count-values";
import { DateChoice } from "./date-choice";
import { Facet } from "./facet";
import { facetsQuery } from "./facets-query";
import { RangeChoice } from "./range-choice";
import { WeightChoice } from "./weight-choice";

export interface ConditionsFormProps {
  readonly domain: string;
  readonly search: URLSearchParams;
  readonly identifiers: readonly string[];
}

/** All conditions with what they can be. Each choice takes effect at once, in the address. */
export function ConditionsForm({ domain, search, identifiers }: ConditionsFormProps) {
  const { data, error } = useAnswer(facetsQuery, { domain });
  if (error) return <p role="alert">The choices could not be fetched. Close and open this to try again.</p>;
  if (!data) return <p role="status">Looking up what there is to choose…</p>;
  const { models } = data.standings.matrix;
  const recordings = data.standings.tree.flatMap(({ version }) => version?.recording ?? []);
  const instants = data.standings.tree.flatMap(({ version }) => version?.validFrom ?? []).sort();
  return (
    <div className="choices">
      <DateChoice first={instants[0] ?? null} asOf={search.get("asOf")} />
      {data.releases.length > 0 && (
        <fieldset>
          <legend>Release</legend>
          <select
            aria-label="Release"
            value={search.get("release") ?? ""}
            onChange={({ target }) => changeSearch({ release: target.value || null, asOf: null })}
          >
            <option value="">None: now</option>
            {data.releases.map(({ name, createdAt }) => (
              <option key={name} value={name}>
                {name}, {createdAt.slice(0, 10)}
              </option>
            ))}
          </select>
        </fieldset>
      )}
      <fieldset>
        <legend>What is missing</legend>
        <select
          aria-label="What is missing"
          value={search.get("missing") ?? "ZERO"}
          onChange={({ target }) => changeSearch({ missing: target.value === "ZERO" ? null : target.value })}
        >
          <option value="ZERO">counts 0 in averages</option>
          <option value="SKIP_NOT_RUN">is left out, failures count 0</option>
          <option value="SKIP_ALL">is left out, failures too</option>
        </select>
      </fieldset>
      <WeightChoice search={search} identifiers={identifiers} />
      <h3>Rank only models of</h3>
      <RangeChoice title="Parameters" name="among.parameterCount" unit="million" factor={1e6} search={search} />
      <Facet title="Family" name="among.family" values={countValues(models.map(({ metadata }) => metadata.family))} search={search} />
      <Facet
        title="Architecture"
        name="among.architecture"
        values={countValues(models.map(({ metadata }) => metadata.architecture))}
        search={search}
      />
      <Facet
        title="Trained on"
        name="among.trainingDataset"
        values={countValues(models.map(({ metadata }) => metadata.trainingDataset))}
        search={search}
      />
      <Facet
        title="Trained for"
        name="among.taskSpecialization"
        values={countValues(models.map(({ metadata }) => metadata.taskSpecialization))}
        search={search}
      />
      <Facet title="Group" name="among.group" values={countValues(models.map(({ group }) => group))} search={search} />
      <Facet
        title="Competition"
        name="among.competition"
        values={countValues(models.map(({ competition }) => competition))}
        search={search}
      />
      <Facet
        title="Contributor"
        name="among.contributor"
        values={countValues(models.map(({ contributor }) => contributor?.displayName))}
        search={search}
      />
      <h3>Count only benchmarks of</h3>
      <Facet title="Region" name="only.region" values={countValues(recordings.map(({ region }) => region))} search={search} />
      <Facet title="Species" name="only.species" values={countValues(recordings.map(({ species }) => species))} search={search} />
    </div>
  );
}
