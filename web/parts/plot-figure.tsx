import { plot, type PlotOptions } from "@observablehq/plot";
import { useEffect, useRef, useState } from "react";

export interface PlotFigureProps {
  readonly label: string;
  /** Without a width: a plot is as wide as its place. */
  readonly options: Omit<PlotOptions, "width">;
}

/** A plot that is drawn anew when its place gets another width. Its colours are variables, so themes need no new drawing. */
export function PlotFigure({ label, options }: PlotFigureProps) {
  const place = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (width === 0) return;
    const drawing = plot({ ...options, width, style: { background: "none", fontFamily: "inherit" } });
    // What a plot is styled by stands in parts.css: the pages permit no style that is written into them.
    for (const style of drawing.querySelectorAll("style")) style.remove();
    // The figure has a name; its parts are no images of their own.
    for (const part of drawing.querySelectorAll("g[aria-label]")) part.removeAttribute("aria-label");
    place.current!.replaceChildren(drawing);
    return () => drawing.remove();
  }, [options, width]);
  return <figure className="plot" ref={place} role="img" aria-label={label} />;
}
