/** A short name of a license by SPDX, such as `CC-BY-4.0`. */
const SPDX = /^[A-Za-z0-9][A-Za-z0-9.+-]*$/;

/** Headers that tell the license of a domain's data, as RFC 8288 and RFC 4946 have it where it has an address; none where none is known. */
export function licenseHeaders(license: string | null): Readonly<Record<string, string>> {
  if (license === null || license === "") return {};
  const address = SPDX.test(license) ? `https://spdx.org/licenses/${license}.html` : URL.canParse(license) ? new URL(license).href : null;
  return {
    "x-scoretree-license": license.replaceAll(/[^ -~]/gu, encodeURIComponent),
    ...(address === null ? {} : { link: `<${address}>; rel="license"` }),
  };
}
