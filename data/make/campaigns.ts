import { LEAVES } from "./tree";

/** Leaves that models are run on together. All of it is invented but the number of the current version. */
export interface Campaign {
  /** Leaves that belong to it: those whose identifier matches. */
  readonly leaves: RegExp;
  /** First day of version 1, 2, …; the last is the current one. */
  readonly since: readonly string[];
  /** Share of the models submitted since then that were run. */
  readonly run: number;
  /** Share of the models submitted before that were run afterwards. */
  readonly caughtUp: number;
  /** Share of the runs that failed, whole or on single leaves. */
  readonly failed: number;
  /** Spread of the scores around their middle, in logits. */
  readonly spread: number;
  /** Middle of the scores, for leaves that the card does not fix. */
  readonly middle: number;
  /** How far scores may run over [0, 1] at both ends; they are clamped when they count. */
  readonly excess?: number;
}

const campaign = (
  leaves: RegExp,
  since: string | readonly string[],
  shares: readonly [run: number, caughtUp: number, failed: number],
  scores: readonly [spread: number, middle: number, excess?: number],
): Campaign => ({
  leaves,
  since: typeof since === "string" ? [since] : since,
  run: shares[0],
  caughtUp: shares[1],
  failed: shares[2],
  spread: scores[0],
  middle: scores[1],
  excess: scores[2],
});

/** In order of precedence: the first that matches a leaf has it. */
const CAMPAIGNS: readonly Campaign[] = [
  campaign(/^FreemanZiemba2013\.V1/, ["2020-08-03", "2021-06-07"], [0.985, 0.985, 0.025], [0.3, 0.3]),
  campaign(/^FreemanZiemba2013\.V2/, ["2020-08-03", "2021-06-07"], [0.985, 0.985, 0.01], [0.5, 0.3]),
  campaign(/^MajajHong2015\./, ["2020-08-03", "2021-02-15", "2021-11-08"], [0.975, 0.975, 0.01], [0.5, 0.5]),
  campaign(/^Kar2019-ost$/, ["2020-08-03", "2021-06-07"], [0.85, 0.6, 0.3], [0.6, 0.3]),
  campaign(/^Sanghavi/, "2020-11-16", [0.96, 0.9, 0.05], [0.5, 0.4]),
  campaign(/^Marques2020_Ringach2002-or_selective$/, "2021-03-08", [0.92, 0.85, 0.05], [1.2, 0.9]),
  campaign(/^Marques2020_.*texture_variance_ratio$/, "2021-03-08", [0.92, 0.85, 0.05], [0.8, 0.6]),
  campaign(/^Marques2020_.*(modulation_ratio|texture_sparseness)$/, "2021-03-08", [0.92, 0.85, 0.05], [0.4, 0.7]),
  campaign(/^Marques2020_.*(max_|opr_cv_diff)/, "2021-03-08", [0.92, 0.85, 0.05], [0.8, 0.8]),
  campaign(/^Marques2020_.*texture_modulation/, "2021-03-08", [0.92, 0.85, 0.05], [0.75, 0.8]),
  campaign(/^Marques2020_/, "2021-03-08", [0.92, 0.85, 0.05], [0.55, 0.7]),
  campaign(/^Coggan2024_fMRI/, "2024-11-04", [0.8, 0.12, 0.23], [0.7, 0.25, 0.03]),
  campaign(/^Bracci2019/, "2025-02-10", [0.75, 0.1, 0.23], [0.7, 0.2, 0.03]),
  campaign(/^Rajalingham2018-i2n$/, ["2020-08-03", "2021-06-07"], [0.85, 0.7, 0.17], [0.7, 0.4]),
  campaign(/^Geirhos2021/, "2021-08-16", [0.82, 0.5, 0.2], [0.8, 0.35, 0.04]),
  campaign(/^Baker2022/, "2022-10-10", [0.75, 0.35, 0.26], [1.1, 0.5]),
  campaign(/^Hebart2023/, "2023-05-08", [0.78, 0.4, 0.2], [0.5, 0.3]),
  campaign(/^BMD2024/, "2024-06-03", [0.78, 0.35, 0.22], [0.9, 0.6]),
  campaign(/^Ferguson2024/, "2024-09-02", [0.8, 0.42, 0.23], [0.9, 0.5, 0.08]),
  campaign(/^Maniquet2024/, "2024-10-07", [0.78, 0.38, 0.2], [0.6, 0.5]),
  campaign(/^Coggan2024_behavior/, "2024-11-04", [0.76, 0.32, 0.23], [0.8, 0.4]),
  campaign(/^Deng2009/, "2020-08-03", [0.95, 0.9, 0.05], [0.6, 0.72]),
  campaign(/^Hendrycks2019/, "2021-02-08", [0.85, 0.6, 0.14], [0.7, 0.4]),
  campaign(/^Hermann2020/, "2021-10-04", [0.82, 0.5, 0.17], [0.7, 0.3]),
  campaign(/^BarbuMayo2019/, "2022-05-09", [0.75, 0.4, 0.22], [0.7, 0.2]),
  campaign(/^FreemanZiemba2013public|^MajajHong2015public/, "2020-08-03", [0.8, 0.7, 0.04], [0.4, 0.4]),
  campaign(/^Cadena2017/, "2020-09-07", [0.45, 0.3, 0.14], [0.4, 0.4]),
  campaign(/^Rajalingham2018public/, "2020-08-03", [0.7, 0.6, 0.06], [0.7, 0.4]),
  campaign(/^Lonnqvist2024/, "2025-03-10", [0.5, 0.1, 0.22], [0.7, 0.5]),
];

/** The campaign of each leaf, in the order of LEAVES. */
export const CAMPAIGN_OF: readonly Campaign[] = LEAVES.map(({ identifier }) => {
  const found = CAMPAIGNS.find(({ leaves }) => leaves.test(identifier));
  if (!found) throw new Error(`${identifier} belongs to no campaign.`);
  return found;
});
