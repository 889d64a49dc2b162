import { releaseChecksum } from "../board/release-checksum";
import type { Config } from "../config";
import { badInput, ExpectedError, notFound } from "../errors";
import { createRelease } from "../subgraphs/scores/create-release";
import { count } from "./count";
import type { Place } from "./with-database";
import { withTables } from "./with-tables";

interface Row {
  readonly slug: string;
  readonly domainPk: number;
  readonly name: string;
  readonly atRevision: number;
  readonly publicRevision: number;
  readonly createdAt: Date;
  readonly notes: string | null;
  readonly checksum: string;
}

const RELEASES = `SELECT d.slug, d.pk AS "domainPk", r.name, r.at_revision AS "atRevision", r.at_public_revision AS "publicRevision",
  r.created_at AS "createdAt", r.notes, r.checksum FROM release r JOIN domain d ON d.pk = r.domain_pk ORDER BY d.slug, r.revision`;

/** Which domain a command is about; the only one need not be named. */
async function domainOf({ dataSource }: Place, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const domains = (await dataSource.query(`SELECT slug FROM domain ORDER BY slug`)) as { slug: string }[];
  if (domains.length === 1) return domains[0].slug;
  throw badInput(
    domains.length === 0 ? "There is no domain yet." : `Say which domain: --domain ${domains.map(({ slug }) => slug).join(" | ")}`,
  );
}

async function find(place: Place, name: string, domain: string | undefined): Promise<Row> {
  const slug = await domainOf(place, domain);
  const rows = (await place.dataSource.query(RELEASES)) as Row[];
  const row = rows.find((candidate) => candidate.slug === slug && candidate.name === name);
  if (!row) throw notFound("release", name);
  return row;
}

const describe = ({ slug, name, createdAt, publicRevision, notes, checksum }: Row): string =>
  [
    `${name} of ${slug}`,
    `  made      ${createdAt.toISOString()}`,
    `  revision  ${publicRevision}`,
    `  checksum  ${checksum}`,
    ...(notes ? [`  notes     ${notes}`] : []),
  ].join("\n");

/** `scoretree release create NAME`: names the facts as they stand now. */
export const runReleaseCreate = (config: Config, name: string, { domain, notes }: { domain?: string; notes?: string }): Promise<void> =>
  withTables(config, async (place) => {
    const { checksum } = await createRelease(place.dataSource, { domain: await domainOf(place, domain), name, notes });
    console.log(`Made the release ${name}: ${checksum}`);
  });

/** `scoretree release list`: every release, the oldest first. */
export const runReleaseList = (config: Config): Promise<void> =>
  withTables(config, async ({ dataSource }) => {
    const rows = (await dataSource.query(RELEASES)) as Row[];
    for (const { slug, name, createdAt, checksum } of rows) console.log(`${slug}  ${name}  ${createdAt.toISOString()}  ${checksum}`);
    if (rows.length === 0) console.log("There is no release yet. Make one: scoretree release create NAME");
  });

/** `scoretree release show NAME`: what is known of one release. */
export const runReleaseShow = (config: Config, name: string, { domain }: { domain?: string }): Promise<void> =>
  withTables(config, async (place) => console.log(describe(await find(place, name, domain))));

/** `scoretree release verify [NAME]`: computes checksums anew. Throws CONFLICT if one is not what it was. */
export const runReleaseVerify = (config: Config, name: string | undefined, { domain }: { domain?: string }): Promise<void> =>
  withTables(config, async (place) => {
    const rows = name === undefined ? ((await place.dataSource.query(RELEASES)) as Row[]) : [await find(place, name, domain)];
    const wrong: string[] = [];
    for (const row of rows) {
      const checksum = await releaseChecksum(place.dataSource, row.domainPk, row.atRevision);
      console.log(`${row.slug}  ${row.name}  ${checksum === row.checksum ? "as it was" : `WRONG: ${checksum}, not ${row.checksum}`}`);
      if (checksum !== row.checksum) wrong.push(row.name);
    }
    if (wrong.length > 0)
      throw new ExpectedError("CONFLICT", `The facts of ${count(wrong.length, "release")} are not what they were: ${wrong.join(", ")}.`);
  });
