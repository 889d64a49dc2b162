import { ARCHITECTURES, TRAININGS, type Architecture, type Training } from "./architectures";
import { CARD_MODEL } from "./card";
import { seeded } from "./random";

/** How a model does, in standard deviations: what its scores are drawn around. */
interface Traits {
  /** At later regions and behaviour. */
  readonly later: number;
  /** At V1 and V2. */
  readonly early: number;
}

/** A model of the data set. */
export interface Model {
  readonly name: string;
  readonly isPublic: boolean;
  /** Key of an account; null for the model of the card. */
  readonly owner: string | null;
  /** Milliseconds since 1970. */
  readonly submittedAt: number;
  readonly traits: Traits;
  /** Null for the model of the card: of it, only what the card says is told. */
  readonly build: { readonly architecture: Architecture; readonly training: Training } | null;
  /** `all-failed`: every run failed; `never-run`: none was made. Both are there so that every state can be met. */
  readonly fate: "usual" | "all-failed" | "never-run";
}

/** Number of public models, the card's among them. */
export const PUBLIC_COUNT = 450;
const PRIVATE_COUNT = 30;

const FIRST_DAY = Date.UTC(2020, 7, 10);
const LAST_DAY = Date.UTC(2026, 8, 28);
const CARD_DAY = Date.UTC(2023, 3, 17, 9, 30);

/** Owners. Two share a display name, as people do. */
export const ACCOUNTS = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ({
  key: `synthetic-lab-${n}`,
  display_name: `Synthetic Lab ${n === 9 ? 3 : n}`,
}));

/** All models: first the card's, then the other public ones, then the private ones, each by date. */
export const MODELS: readonly Model[] = [theCardsModel(), ...synthesize()];

function theCardsModel(): Model {
  return {
    name: CARD_MODEL,
    isPublic: true,
    owner: null,
    submittedAt: CARD_DAY,
    traits: { later: 0, early: 0 },
    build: null,
    fate: "usual",
  };
}

function synthesize(): Model[] {
  const random = seeded("models");
  const count = PUBLIC_COUNT - 1 + PRIVATE_COUNT;
  const days = Array.from({ length: count }, () => {
    // Two thirds come evenly; one third comes around 2022 and 2024, as before a competition.
    const place = random.chance(0.67) ? random.uniform() : (random.chance(0.5) ? 0.28 : 0.6) + 0.06 * random.normal();
    return FIRST_DAY + Math.min(1, Math.max(0, place)) * (LAST_DAY - FIRST_DAY);
  }).sort((a, b) => a - b);
  const privates = new Set<number>();
  while (privates.size < PRIVATE_COUNT) privates.add(random.integer(count));

  const models = days.map((day, index): Model => {
    const year = new Date(day).getUTCFullYear();
    const architecture = random.pick(ARCHITECTURES.filter(({ since }) => since <= year));
    const training = pickTraining(year, random.uniform());
    const quality = 0.85 * random.normal() + architecture.strength;
    return {
      name: `synthetic-${architecture.name}-${training.name}-${String(index + 1).padStart(3, "0")}`,
      isPublic: !privates.has(index),
      owner: random.pick(ACCOUNTS).key,
      submittedAt: Math.floor(day / 60_000) * 60_000,
      traits: { later: quality + training.later, early: 0.45 * quality + 0.8 * random.normal() + training.early },
      build: { architecture, training },
      fate: index === 137 ? "all-failed" : index === 290 ? "never-run" : "usual",
    };
  });
  return [...models.filter(({ isPublic }) => isPublic), ...models.filter(({ isPublic }) => !isPublic)];
}

function pickTraining(year: number, uniform: number): Training {
  const known = TRAININGS.filter(({ since }) => since <= year);
  let left = uniform * known.reduce((sum, { share }) => sum + share, 0);
  return known.find(({ share }) => (left -= share) < 0) ?? known[0];
}
