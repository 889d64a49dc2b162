import { describe, expect, it } from "@jest/globals";
import { longer, roomy } from "../../src/board/room";

describe("a column with room", () => {
  it("is continued in the same memory, and those before it keep their length and what they say", () => {
    const first = roomy(Float64Array, 2);
    first.set([1, 2]);
    const second = longer(first, 3);
    second[2] = 3;
    expect([second.buffer === first.buffer, [...first], [...second]]).toEqual([true, [1, 2], [1, 2, 3]]);
  });

  it("is copied where another one continues it already", () => {
    const first = roomy(Int32Array, 1);
    longer(first, 2)[1] = 5;
    const other = longer(first, 2);
    other[1] = 7;
    expect([other.buffer === first.buffer, [...other], first.length]).toEqual([false, [0, 7], 1]);
  });

  it("is copied, with new room, where there is none left or never was", () => {
    const full = Uint8Array.of(1, 2);
    const grown = longer(full, 3);
    expect([[...grown], longer(grown, 4).buffer === grown.buffer]).toEqual([[1, 2, 0], true]);
    const large = longer(grown, 10_000);
    expect([large.buffer === grown.buffer, large[1], large.length]).toEqual([false, 2, 10_000]);
  });
});
