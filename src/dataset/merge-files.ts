import { createHash } from "node:crypto";
import { planOf, type Merge, type Plan } from "./merge";
import { mediaType } from "./read-files";

/** The files that samples point at. */
export function mergeFiles({ folder: { dataset }, held }: Merge): Plan {
  const kept = new Map(held.files.map((file) => [file.path, file]));
  const { slug } = dataset.domain;
  return planOf(
    "sample_file",
    dataset.files.map(({ path, content }) => {
      const own = kept.get(path);
      if (own?.digest === createHash("sha256").update(content).digest("hex")) return null;
      return {
        key: path,
        pk: own?.pk ?? null,
        naturalKey: [slug, path],
        values: { path, content, media_type: mediaType(path) },
        links: { domain_pk: slug },
      };
    }),
  );
}
