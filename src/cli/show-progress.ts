import { Presets, SingleBar } from "cli-progress";
import { type ImportProgress } from "../dataset/import-dataset";

/** Something that shows how far an import is. */
export interface ProgressDisplay {
  readonly onProgress: (progress: ImportProgress) => void;
  /** Ends the display, so that other lines may follow. */
  stop(): void;
}

/** How often a plain line is printed while observations are written, in milliseconds. */
const PAUSE = 2_000;

/** Shows progress on standard error: a bar on a terminal, plain lines elsewhere, nothing if `isSilent`. */
export function showProgress(isSilent = false, stream: NodeJS.WriteStream = process.stderr): ProgressDisplay {
  if (isSilent) return { onProgress: () => {}, stop: () => {} };
  return stream.isTTY ? bar(stream) : lines(stream);
}

const describe = ({ step, what }: ImportProgress): string =>
  step === "read" ? `Reading ${what}` : step === "check" ? "Checking against the database" : `Writing table ${what}`;

function bar(stream: NodeJS.WriteStream): ProgressDisplay {
  const shown = new SingleBar(
    { stream, format: "{bar} {percentage}% {what}", hideCursor: true, clearOnComplete: true, stopOnComplete: false },
    Presets.shades_classic,
  );
  shown.start(1, 0, { what: "" });
  return {
    onProgress: (progress) => {
      shown.setTotal(Math.max(1, progress.total));
      shown.update(progress.done, { what: describe(progress) });
    },
    stop: () => shown.stop(),
  };
}

function lines(stream: NodeJS.WriteStream): ProgressDisplay {
  let last = "";
  let at = 0;
  return {
    onProgress: (progress) => {
      const text = describe(progress);
      const isWriting = progress.total > 0 && progress.what === "observation";
      if (text === last && (!isWriting || (Date.now() - at < PAUSE && progress.done < progress.total))) return;
      last = text;
      at = Date.now();
      stream.write(isWriting ? `${text}: ${progress.done} of ${progress.total}\n` : `${text}\n`);
    },
    stop: () => {},
  };
}
