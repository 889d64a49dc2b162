import type { Config } from "../config";

/** What a browser may do with an answer that is no page of ours: nothing, whatever is in it. */
const NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What pages of ours never ask for. */
const NEVER = ["accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "midi", "payment", "usb"];

/** A year, in seconds. */
const YEAR = 31_536_000;

/**
 * What every answer tells browsers, so that nothing in it runs, is framed or is taken for something else. Pages and samples say more of
 * themselves. Only over TLS is it told that this site is asked over TLS: where the public address begins with `https:`.
 */
export const securityHeaders = ({ publicUrl }: Partial<Pick<Config, "publicUrl">>): Readonly<Record<string, string>> => ({
  "x-content-type-options": "nosniff",
  "content-security-policy": NO_PAGE,
  // For browsers that do not know `frame-ancestors`.
  "x-frame-options": "DENY",
  // An address may name a private model.
  "referrer-policy": "same-origin",
  "permissions-policy": NEVER.map((name) => `${name}=()`).join(", "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  ...(publicUrl?.startsWith("https:") ? { "strict-transport-security": `max-age=${YEAR}` } : {}),
});
