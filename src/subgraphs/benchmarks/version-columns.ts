import type { Row } from "../../database/write-rows";
import { asText, refuseNoAddress, refuseOutside } from "../../federation/check-input";
import type { Writing } from "../../federation/mutate";
import type { BenchmarkVersionInput, StimulusSampleInput } from "./version-input";

const MOST_SAMPLES = 100;

/** The largest number of scores, in size (§2). */
const LARGEST = 1e12;

/** What `input.version` says of a new version, as columns of its table. What is wrong is refused. */
export function versionColumns(
  writing: Writing,
  { number, ceiling, ceilingError, stimuli, recording, metric }: BenchmarkVersionInput,
): Row {
  const refuse = (path: readonly string[], value: number | null | undefined, bounds?: { least?: number; most?: number }) =>
    refuseOutside(writing, ["version", ...path], value, bounds);
  refuse(["number"], number, { least: 1 });
  refuse(["ceiling"], ceiling, { least: -LARGEST, most: LARGEST });
  refuse(["ceilingError"], ceilingError, { most: LARGEST });
  for (const field of ["count", "sizeMegabytes"] as const) refuse(["stimuli", field], stimuli?.[field]);
  for (const field of ["sites", "subjects", "durationMilliseconds"] as const) refuse(["recording", field], recording?.[field]);
  refuseSamples(writing, stimuli?.samples ?? []);
  return {
    number,
    ceiling,
    ceiling_error: ceilingError,
    stimuli_count: stimuli?.count,
    stimuli_kind: asText(stimuli?.kind),
    stimuli_subtype: asText(stimuli?.subtype),
    stimuli_size_megabytes: stimuli?.sizeMegabytes,
    stimuli_notes: asText(stimuli?.notes),
    samples: (stimuli?.samples ?? []).map(({ position, url }) => ({ position, url })).sort((a, b) => a.position - b.position),
    recording_sites: recording?.sites,
    recording_region: asText(recording?.region),
    recording_hemisphere: asText(recording?.hemisphere),
    recording_species: asText(recording?.species),
    recording_subjects: recording?.subjects,
    recording_kind: asText(recording?.kind),
    recording_task: asText(recording?.task),
    recording_duration_milliseconds: recording?.durationMilliseconds,
    recording_preprocessing: asText(recording?.preprocessing),
    recording_is_public: recording?.isPublic,
    recording_notes: asText(recording?.notes),
    metric_name: asText(metric?.name),
    metric_citation: asText(metric?.citation),
    metric_is_public: metric?.isPublic,
    metric_notes: asText(metric?.notes),
  };
}

function refuseSamples(writing: Writing, samples: readonly StimulusSampleInput[]): void {
  const path = ["version", "stimuli", "samples"];
  if (samples.length > MOST_SAMPLES) writing.refuse("TOO_MANY", path, `Expected at most ${MOST_SAMPLES} samples, got ${samples.length}.`);
  const positions = new Set<number>();
  for (const [place, { position, url }] of samples.slice(0, MOST_SAMPLES).entries()) {
    refuseOutside(writing, [...path, place, "position"], position, { least: 1 });
    if (positions.has(position))
      writing.refuse("INVALID", [...path, place, "position"], `Expected each position once, got ${position} again.`);
    refuseNoAddress(writing, [...path, place, "url"], url);
    positions.add(position);
  }
}
