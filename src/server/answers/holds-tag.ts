/** True if `If-None-Match` says that a client has the contents of this weak tag. */
export const holdsTag = (header: string | undefined, tag: string): boolean =>
  header !== undefined && (header.trim() === "*" || header.split(",").some((held) => held.trim().replace(/^W\//, "") === tag.slice(2)));
