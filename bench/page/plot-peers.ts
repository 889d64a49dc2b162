import { middle, type PeerFigure, type Server } from "../peers/measure-peers";
import { threeDigits } from "../peers/tell-peers";

const OURS: readonly Server[] = ["scoretree", "scoretree, kept"];

/** Requests a second by question and server, as an SVG of bars over a logarithmic scale. The same figures give the same text. */
export async function plotPeers(figures: readonly PeerFigure[]): Promise<string> {
  const Plot = await import("@observablehq/plot");
  const { parseHTML } = await import("linkedom");
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const bars = figures.map((figure) => ({ ...figure, rate: middle(figure, "requestsPerSecond"), isOurs: OURS.includes(figure.server) }));
  const least = 10 ** Math.floor(Math.log10(Math.min(...bars.map(({ rate }) => rate))));
  const plot = Plot.plot({
    document,
    className: "plot",
    width: 800,
    height: 520,
    marginLeft: 190,
    marginRight: 60,
    style: { background: "white", color: "black" },
    x: {
      type: "log",
      domain: [least, 2 * Math.max(...bars.map(({ rate }) => rate))],
      label: "requests a second",
      grid: true,
      ticks: 5,
      tickFormat: "~s",
    },
    y: { domain: [...new Set(bars.map(({ server }) => server))].reverse(), label: null },
    fy: { domain: [...new Set(bars.map(({ question }) => question))], label: null, axis: null },
    color: { domain: [true, false], range: ["#1a6fb5", "#b0b7bf"] },
    marks: [
      Plot.barX(bars, { x1: least, x2: "rate", y: "server", fy: "question", fill: "isOurs", insetTop: 1, insetBottom: 1 }),
      Plot.text(bars, { x: "rate", y: "server", fy: "question", text: ({ rate }) => threeDigits(rate), dx: 4, textAnchor: "start" }),
      Plot.text([...new Set(bars.map(({ question }) => question))], {
        fy: (name) => name,
        text: (name) => name,
        frameAnchor: "bottom-right",
        fontWeight: "bold",
      }),
    ],
  });
  plot.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return `${plot.outerHTML}\n`;
}
