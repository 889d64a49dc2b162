import { type Shade } from "./picture";

const GREY = 0.5;

/** A sine grating. */
export interface Grating {
  /** Radians, 0 is vertical stripes. */
  readonly orientation: number;
  /** Cycles over the picture. */
  readonly frequency: number;
  /** Radians; the default keeps the middle of the picture off the middle of a stripe. */
  readonly phase?: number;
  /** 0 to 1, default 0.9. */
  readonly contrast?: number;
}

/** A grating over the whole picture. */
export const grating = ({ orientation, frequency, phase = 0.37, contrast = 0.9 }: Grating): Shade => {
  const [along, across] = [Math.cos(orientation), Math.sin(orientation)];
  return (x, y) => GREY + 0.5 * contrast * Math.sin(Math.PI * frequency * (x * along + y * across) + phase);
};

/** What is seen through a round window of a given radius; grey outside, with a soft edge. */
export const windowed = (shade: Shade, radius: number): Shade => blend(shade, () => GREY, radius);

/** One picture inside a circle and another outside, with a soft edge. */
export function blend(inside: Shade, outside: Shade, radius: number): Shade {
  return (x, y) => {
    const share = Math.min(1, Math.max(0, (radius - Math.sqrt(x * x + y * y)) / 0.06 + 0.5));
    return share * inside(x, y) + (1 - share) * outside(x, y);
  };
}
