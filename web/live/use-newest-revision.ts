import { useEffect, useState } from "react";

/**
 * The newest revision of a domain that was heard of; null before the first. It is listened for only while the page is in sight. `isOff`:
 * not at all.
 */
export function useNewestRevision(domain: string, isOff: boolean): string | null {
  const [newest, setNewest] = useState<string | null>(null);
  useEffect(() => {
    if (isOff) return;
    let stop: (() => void) | null = null;
    let isGone = false;
    async function follow(): Promise<void> {
      if (document.hidden) {
        stop?.();
        stop = null;
        return;
      }
      const { watchStandings } = await import("./watch-standings");
      if (!isGone && !document.hidden) stop ??= watchStandings(domain, setNewest);
    }
    const listener = () => void follow();
    listener();
    document.addEventListener("visibilitychange", listener);
    return () => {
      isGone = true;
      stop?.();
      document.removeEventListener("visibilitychange", listener);
    };
  }, [domain, isOff]);
  return newest;
}
