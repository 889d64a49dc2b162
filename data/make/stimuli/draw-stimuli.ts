import { type FileRow, type SampleRow } from "../../../src/dataset/dataset";
import { CARD } from "../card";
import { seeded, type Random } from "../random";
import { blend, grating, windowed } from "./gratings";
import { behindBars, object, pose } from "./objects";
import { drawPicture, type Shade } from "./picture";
import { noise, texture } from "./textures";

/** Samples of each leaf that the card lists. */
const COUNT = 10;

/** How the n-th sample of a leaf looks, n from 0: the first row that matches its identifier. */
const MANNERS: readonly (readonly [RegExp, (n: number, random: Random) => Shade])[] = [
  [/peak_sf|Schiller/, (n, random) => windowed(grating({ orientation: random.uniform() * Math.PI, frequency: 0.8 * 1.38 ** n }), 0.85)],
  [
    /modulation_ratio|max_dc/,
    (n, random) => windowed(grating({ orientation: random.uniform() * 3, frequency: 3, phase: 0.37 + (n * Math.PI) / 5 }), 0.7),
  ],
  [/summation_field/, (n) => windowed(grating({ orientation: 0.6, frequency: 6 }), 0.1 + 0.09 * n)],
  [
    /surround_diameter/,
    (n) =>
      blend(
        grating({ orientation: 0.6, frequency: 6 }),
        windowed(grating({ orientation: 0.6, frequency: 6, contrast: 0.5 }), 0.3 + 0.07 * n),
        0.28,
      ),
  ],
  [
    /surround_suppression/,
    (n) =>
      blend(grating({ orientation: 0.6, frequency: 6 }), grating({ orientation: 0.6 + (n * Math.PI) / 10, frequency: 6, phase: 1.9 }), 0.4),
  ],
  [
    /Ringach2002|DeValois1982/,
    (n, random) => windowed(grating({ orientation: (n * Math.PI) / 10, frequency: 3 + 3 * random.uniform() }), 0.85),
  ],
  [/max_noise/, (n, random) => noise(random, 4 + 0.8 * n)],
  [/FreemanZiemba2013\./, (n, random) => (n % 2 === 0 ? texture(random, n / 2) : noise(random, 4 + n / 2))],
  [/FreemanZiemba2013/, (n, random) => texture(random, n)],
  [/SanghaviMurty/, (n, random) => object(n, pose(random, 0.3), () => 0.45)],
  [/SanghaviJozwik/, (n, random) => object(n, pose(random, 1), object(n + 3, pose(random, 1), texture(random, n), 0.6))],
  [/Kar2019/, (n, random) => behindBars(object(n, pose(random, 0.8), noise(random, 5)), random.uniform() - 0.5)],
  [/MajajHong|Sanghavi2020/, (n, random) => object(n, pose(random, 1), noise(random, 3 + 3 * random.uniform()))],
];

/** Draws the sample stimuli of the card's leaves and tells which version they belong to: the current one. */
export function drawStimuli(): { samples: SampleRow[]; files: FileRow[] } {
  const samples: SampleRow[] = [];
  const files: FileRow[] = [];
  for (const { identifier, version } of CARD) {
    if (version === null) continue;
    const random = seeded(`stimuli of ${identifier}`);
    const [, draw] = MANNERS.find(([leaves]) => leaves.test(identifier))!;
    for (let n = 0; n < COUNT; n++) {
      const path = `stimuli/${identifier}/${n + 1}.png`;
      samples.push({ benchmark: identifier, version, position: n + 1, url: path });
      files.push({ path, content: drawPicture(draw(n, random)) });
    }
  }
  return { samples, files };
}
