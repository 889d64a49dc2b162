import { type VersionRow } from "../../src/dataset/dataset";
import { CAMPAIGN_OF } from "./campaigns";
import { CARD } from "./card";
import { seeded } from "./random";
import { LEAVES } from "./tree";

/** What is known of a group of leaves from the public registry and the works that it names; nothing is told where it is not sure. */
const KNOWN: readonly (readonly [RegExp, Partial<VersionRow>])[] = [
  [/^FreemanZiemba2013\./, { stimuli_count: 315, species: "macaque", recording_kind: "electrophysiology" }],
  [/^FreemanZiemba2013public/, { stimuli_count: 135, species: "macaque", recording_kind: "electrophysiology", data_public: true }],
  [/^MajajHong2015\./, { stimuli_count: 2560, species: "macaque", recording_kind: "electrophysiology", duration_ms: 100 }],
  [/^MajajHong2015public/, { species: "macaque", recording_kind: "electrophysiology", duration_ms: 100, data_public: true }],
  [
    /^Sanghavi2020\./,
    { stimuli_count: 5760, hemisphere: "L", species: "macaque", recording_kind: "electrophysiology", data_public: false },
  ],
  [
    /^SanghaviJozwik/,
    { stimuli_count: 4916, hemisphere: "L", species: "macaque", recording_kind: "electrophysiology", data_public: false },
  ],
  [/^SanghaviMurty/, { stimuli_count: 300, hemisphere: "L", species: "macaque", recording_kind: "electrophysiology", data_public: false }],
  [/^Kar2019/, { stimuli_count: 1318, species: "macaque", recording_kind: "electrophysiology" }],
  [/^Coggan2024_fMRI/, { species: "human", recording_kind: "fMRI" }],
  [/^Bracci2019/, { species: "human", recording_kind: "fMRI" }],
  [/^Rajalingham2018-/, { stimuli_count: 240, task: "match-to-sample" }],
  [/^Marques2020_/, { metric: "ks_similarity" }],
];

const SAMPLES_NOTE = "The samples are drawings made for this data set, in the manner of the stimuli; they are not those of the experiment.";

/** The version rows of every leaf. Ceilings are invented; below engineering_vision they are 1, since raw scores count. */
export function listVersions(): VersionRow[] {
  const random = seeded("ceilings");
  return LEAVES.flatMap(({ identifier }, row) => {
    const node = CARD.find((node) => node.identifier === identifier);
    const known = Object.assign(
      {},
      ...KNOWN.filter(([leaves]) => leaves.test(identifier)).map(([, facts]) => facts),
    ) as Partial<VersionRow>;
    const base = 0.55 + 0.4 * random.uniform();
    const isRaw = isBelowEngineering(identifier);
    return CAMPAIGN_OF[row].since.map((_, index): VersionRow => {
      const drawn = { ceiling: base + 0.03 * random.normal(), ceiling_error: 0.002 + 0.02 * random.uniform() };
      return {
        benchmark: identifier,
        version: index + 1,
        ceiling: isRaw ? 1 : round(Math.min(0.98, drawn.ceiling)),
        ceiling_error: isRaw ? null : round(drawn.ceiling_error),
        stimuli_kind: "image",
        stimuli_notes: node && index === CAMPAIGN_OF[row].since.length - 1 ? SAMPLES_NOTE : null,
        sites: node?.sites ?? null,
        region: node?.region ?? /^Coggan2024_fMRI\.(V1|V2|V4|IT)/.exec(identifier)?.[1] ?? null,
        metric: identifier.slice(identifier.lastIndexOf("-") + 1),
        ...known,
      };
    });
  });
}

/** True of the leaves below engineering_vision, whose raw scores count. */
export const isBelowEngineering = (identifier: string): boolean => /-top1$|^Hermann2020/.test(identifier);

const round = (value: number): number => Math.round(value * 1e5) / 1e5;
