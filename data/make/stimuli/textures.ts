import { type Random } from "../random";
import { type Shade } from "./picture";

// Under jest each look at the global Math is slow, and this one is looked at some forty million times.
const { cos } = Math;

/** Filtered noise: many waves of random direction and phase around one frequency (cycles over the picture). */
export function noise(random: Random, frequency: number, orientation: number | null = null): Shade {
  const waves = Array.from({ length: 28 }, () => {
    const direction = orientation === null ? Math.PI * random.uniform() : orientation + 0.35 * random.normal();
    const pace = Math.PI * frequency * (0.6 + 0.8 * random.uniform());
    return { x: pace * Math.cos(direction), y: pace * Math.sin(direction), phase: 2 * Math.PI * random.uniform() };
  });
  return (x, y) => 0.5 + 0.055 * waves.reduce((sum, wave) => sum + cos(wave.x * x + wave.y * y + wave.phase), 0);
}

/** A texture with structure beyond its spectrum; five families: ridges, cells, spots, weave, scales. */
export function texture(random: Random, family: number): Shade {
  const frequency = 5 + 3 * random.uniform();
  if (family % 5 === 1) return cells(random, (nearest, next) => 3.2 * (next - nearest));
  if (family % 5 === 2) return cells(random, (nearest) => 1.05 - 3.4 * nearest);
  const [one, other] = [noise(random, frequency, random.uniform() * Math.PI), noise(random, frequency, random.uniform() * Math.PI)];
  if (family % 5 === 3) return (x, y) => 0.5 + 6 * (one(x, y) - 0.5) * (other(x, y) - 0.5);
  if (family % 5 === 4) return (x, y) => Math.max(one(x, y), 1.25 - 2.2 * Math.abs(other(x, y) - 0.5)) - 0.15;
  return (x, y) => 1 - 4 * Math.abs(one(x, y) - 0.5);
}

/** Shades by the distance to the nearest of some scattered points, and to the next one. */
function cells(random: Random, shade: (nearest: number, next: number) => number): Shade {
  const points = Array.from({ length: 60 }, () => ({ x: 2.4 * random.uniform() - 1.2, y: 2.4 * random.uniform() - 1.2 }));
  return (x, y) => {
    let [nearest, next] = [Infinity, Infinity];
    for (const point of points) {
      const distance = (x - point.x) ** 2 + (y - point.y) ** 2;
      if (distance < nearest) [nearest, next] = [distance, nearest];
      else if (distance < next) next = distance;
    }
    return shade(Math.sqrt(nearest), Math.sqrt(next));
  };
}
