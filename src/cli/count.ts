/** A number of things: `1 model`, `2,000 models`. */
export const count = (number: number, noun: string): string => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
