import { createHash } from "node:crypto";
import type { DataSource } from "typeorm";
import { IS_SEEN_BY_ALL } from "../database/whose-reference";
import { inSnapshot } from "./fact-reader";
import type { Select } from "./fact-selects";

// One line a fact: its kind, its outward id, and what it says, other facts by their outward ids. No revision and no internal key is in
// it, nor what only owners may see, so that the checksum tells nothing that the facts themselves do not (§10): of the stored order of
// references only that of those which are cited. Nulls of whole rows are left out, so that a column that is added later changes nothing.

const domain: Select = {
  tables: ["domain"],
  sql: `SELECT jsonb_build_array('domain', d.id, d.slug, d.name, d.usage, d.license, d.dataset_name, d.notes, d.reference_keys)::text
    FROM domain d WHERE d.pk = $1`,
};

const references: Select = {
  tables: ["reference", "domain", "benchmark", "model"],
  sql: `SELECT jsonb_build_array('reference', fact.id, fact.key, row_number() OVER (ORDER BY fact.position), fact.bibtex)::text
    FROM reference AS fact WHERE fact.domain_pk = $1 AND ${IS_SEEN_BY_ALL} ORDER BY fact.id`,
};

const benchmarks: Select = {
  tables: ["benchmark", "reference"],
  sql: `SELECT jsonb_build_array('benchmark', b.id, b.identifier, p.id, b."order", b.is_visible, b.is_raw, b.rank_decimals, b.root_position, r.id)::text
    FROM benchmark b LEFT JOIN benchmark p ON p.pk = b.parent_pk LEFT JOIN reference r ON r.pk = b.reference_pk
    WHERE b.domain_pk = $1 ORDER BY b.id`,
};

const versions: Select = {
  tables: ["benchmark", "benchmark_version"],
  sql: `SELECT jsonb_build_array('version', v.id, b.id, jsonb_strip_nulls(to_jsonb(v) - ARRAY['pk', 'id', 'revision', 'benchmark_pk']))::text
    FROM benchmark_version v JOIN benchmark b ON b.pk = v.benchmark_pk WHERE b.domain_pk = $1 ORDER BY v.id`,
};

const files: Select = {
  tables: ["sample_file"],
  sql: `SELECT jsonb_build_array('file', f.id, f.path, f.media_type, encode(sha256(f.content), 'hex'))::text
    FROM sample_file f WHERE f.domain_pk = $1 ORDER BY f.id`,
};

const models: Select = {
  tables: ["model", "account", "reference"],
  sql: `SELECT jsonb_build_array('model', m.id, a.contributor_id, coalesce(a.display_name, a.key), r.id,
      jsonb_strip_nulls(to_jsonb(m) - ARRAY['pk', 'id', 'revision', 'domain_pk', 'owner_pk', 'reference_pk', 'is_public']))::text
    FROM model m LEFT JOIN account a ON a.pk = m.owner_pk LEFT JOIN reference r ON r.pk = m.reference_pk
    WHERE m.domain_pk = $1 AND m.is_public ORDER BY m.id`,
};

const observations: Select = {
  tables: ["model", "benchmark_version", "observation"],
  sql: `SELECT jsonb_build_array('observation', o.id, m.id, v.id, o.raw, o.ceiled, o.error, o.is_failed,
      extract(epoch FROM o.started_at), extract(epoch FROM o.ended_at), extract(epoch FROM o.retracted_at), o.retraction_reason)::text
    FROM observation o JOIN model m ON m.pk = o.model_pk JOIN benchmark_version v ON v.pk = o.version_pk
    WHERE m.domain_pk = $1 AND m.is_public ORDER BY o.id`,
};

/** The checksum of a domain's public facts as they stood at a revision: `sha256:` and 64 hexadecimal digits. Facts are streamed. */
export const releaseChecksum = (dataSource: DataSource, domainPk: number, revision: number): Promise<string> =>
  inSnapshot(dataSource, revision, async ({ batches }) => {
    const hash = createHash("sha256");
    for (const select of [domain, references, benchmarks, versions, files, models, observations])
      for await (const lines of batches<[string]>(select, [domainPk])) for (const [line] of lines) hash.update(`${line}\n`);
    return `sha256:${hash.digest("hex")}`;
  });
