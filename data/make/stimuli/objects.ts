import { type Random } from "../random";
import { type Shade } from "./picture";

type Shape = (x: number, y: number) => boolean;

const disc =
  (cx: number, cy: number, rx: number, ry = rx): Shape =>
  (x, y) =>
    ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1;
const box =
  (left: number, top: number, right: number, bottom: number): Shape =>
  (x, y) =>
    x >= left && x <= right && y >= top && y <= bottom;
/** A triangle with a level base from (-width, bottom) to (width, bottom) and its top at (cx, top). */
const cone =
  (cx: number, top: number, bottom: number, width: number): Shape =>
  (x, y) =>
    y >= top && y <= bottom && Math.abs(x - cx) <= (width * (y - top)) / (bottom - top);
const any =
  (...shapes: Shape[]): Shape =>
  (x, y) =>
    shapes.some((shape) => shape(x, y));

/** Outlines of ten things, each about as large as the unit circle. */
const OUTLINES: readonly Shape[] = [
  /* car     */ any(box(-0.9, -0.05, 0.9, 0.35), box(-0.5, -0.4, 0.45, 0), disc(-0.5, 0.4, 0.22), disc(0.5, 0.4, 0.22)),
  /* plane   */ any(disc(0, 0, 0.95, 0.14), cone(0.1, -0.85, 0.02, 0.3), cone(0.1, 0.85, -0.02, 0.3), cone(-0.8, -0.4, 0.05, 0.15)),
  /* chair   */ any(box(-0.5, -0.9, -0.32, 0.9), box(-0.5, 0.05, 0.5, 0.2), box(0.32, 0.1, 0.5, 0.9)),
  /* table   */ any(box(-0.9, -0.3, 0.9, -0.12), box(-0.75, -0.2, -0.6, 0.75), box(0.6, -0.2, 0.75, 0.75)),
  /* boat    */ any(disc(0, 0.25, 0.9, 0.3), box(-0.04, -0.9, 0.04, 0.3), cone(0.28, -0.85, 0.1, 0.25)),
  /* fruit   */ any(disc(-0.22, 0.1, 0.5, 0.6), disc(0.22, 0.1, 0.5, 0.6), box(-0.03, -0.85, 0.05, -0.3)),
  /* face    */ any(disc(0, 0, 0.6, 0.8), disc(-0.62, 0, 0.12, 0.2), disc(0.62, 0, 0.12, 0.2)),
  /* animal  */ any(disc(0, 0, 0.6, 0.3), disc(0.65, -0.3, 0.25, 0.2), box(-0.5, 0, -0.36, 0.75), box(0.3, 0, 0.44, 0.75)),
  /* house   */ any(box(-0.6, -0.1, 0.6, 0.75), cone(0, -0.85, -0.05, 0.8)),
  /* tree    */ any(box(-0.1, 0.2, 0.1, 0.9), disc(0, -0.25, 0.6, 0.6)),
];

/** How an object is shown. */
export interface Pose {
  readonly turn: number;
  readonly size: number;
  readonly x: number;
  readonly y: number;
}

/** A pose near the middle, the more varied the higher `variety` (0 to 1). */
export const pose = (random: Random, variety: number): Pose => ({
  turn: variety * random.normal() * 0.6,
  size: 0.55 + variety * (0.35 * random.uniform() - 0.2),
  x: variety * 0.5 * (random.uniform() - 0.5),
  y: variety * 0.5 * (random.uniform() - 0.5),
});

/** An object as a silhouette that is lit from above, on a background. */
export function object(kind: number, { turn, size, x: left, y: down }: Pose, background: Shade, brightness = 0.85): Shade {
  const outline = OUTLINES[kind % OUTLINES.length];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return (x, y) => {
    const [u, v] = [(x - left) / size, (y - down) / size];
    return outline(u * cos + v * sin, v * cos - u * sin) ? brightness - 0.22 * v : background(x, y);
  };
}

/** The same picture behind slanted bars that hide about a third of it. */
export const behindBars =
  (shade: Shade, slant: number): Shade =>
  (x, y) =>
    ((x + slant * y + 3.03) * 2.2) % 1 < 0.34 ? 0.3 : shade(x, y);
