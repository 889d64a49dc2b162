import type { Catalog } from "../../board/catalog";
import { FILES } from "./files";

/** What there is, domain by domain: the addresses of files, and the releases that they can be asked for under. */
export const listExports = ({ domains }: Catalog, baseUrl: string): object => ({
  description: `${baseUrl}/exports/openapi.json`,
  domains: domains.map(({ domain: { slug, name, license }, releases }) => ({
    ...{ slug, name, license },
    releases: releases.map((release) => release.name),
    files: [...FILES.values()].map((file) => ({
      name: file.name,
      url: `${baseUrl}/exports/${encodeURIComponent(slug)}/${file.name}`,
      mediaType: file.mediaType,
      description: file.description,
    })),
  })),
});
