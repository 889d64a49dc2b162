import type { Database } from "../../src/federation/context";

/**
 * What a server over PostgreSQL reads instead of a board, in the schema `peers` of the same database: values of all cells by §2 and §3, ranks
 * by §4 and §5, statistics by §6, of the public models. Materialized, indexed and analyzed, so that no request computes any of it.
 * Keys and names for PostGraphile stand in the comments, since a view has no constraints.
 */
export async function makeViews(dataSource: Database): Promise<void> {
  for (const statement of [SCHEMA, TREE, CELLS, STATISTICS, FUNCTIONS, TAGS]) await dataSource.query(statement);
  await dataSource.query("VACUUM ANALYZE");
}

/** The models and the tree alone, which `CELL_ROWS` is read from. */
export async function makeTreeViews(dataSource: Database): Promise<void> {
  for (const statement of [SCHEMA, TREE]) await dataSource.query(statement);
}

const SCHEMA = `
  CREATE SCHEMA peers;
  CREATE VIEW peers.model AS SELECT pk, name, architecture, parameter_count::float8 FROM public.model WHERE is_public;
  CREATE VIEW peers.reference AS SELECT pk, key, title, year, doi, url FROM public.reference;`;

/** The visible nodes of the tree, in tree order; `shares`: what part of a node's value each leaf below it is (§3). */
const TREE = `
  CREATE MATERIALIZED VIEW peers.share AS
    WITH RECURSIVE above AS (
      SELECT pk AS leaf_pk, pk AS node_pk, parent_pk FROM public.benchmark
        WHERE is_visible AND EXISTS (SELECT FROM public.benchmark_version WHERE benchmark_pk = benchmark.pk)
      UNION ALL
      SELECT leaf_pk, benchmark.pk, benchmark.parent_pk FROM above JOIN public.benchmark ON benchmark.pk = above.parent_pk
    ), siblings AS (
      SELECT parent_pk, count(DISTINCT node_pk) AS count FROM above GROUP BY parent_pk
    ), shares AS (
      SELECT leaf_pk, node_pk, parent_pk, 1::float8 AS share FROM above WHERE leaf_pk = node_pk
      UNION ALL
      SELECT leaf_pk, benchmark.pk, benchmark.parent_pk, share / siblings.count
        FROM shares JOIN public.benchmark ON benchmark.pk = shares.parent_pk JOIN siblings ON siblings.parent_pk = shares.parent_pk
    )
    SELECT leaf_pk, node_pk, share FROM shares;

  CREATE MATERIALIZED VIEW peers.benchmark AS
    WITH RECURSIVE walk AS (
      SELECT pk, NULL::integer AS parent_pk, is_visible, is_raw, ARRAY[lpad(root_position::text, 9, '0') || identifier] COLLATE "C" AS path
        FROM public.benchmark WHERE parent_pk IS NULL
      UNION ALL
      SELECT node.pk, CASE WHEN walk.is_visible THEN walk.pk ELSE walk.parent_pk END, node.is_visible, walk.is_raw,
          walk.path || lpad((node."order" + 1000000)::text, 9, '0') || node.identifier
        FROM walk JOIN public.benchmark AS node ON node.parent_pk = walk.pk
    )
    SELECT walk.pk, node.identifier, walk.parent_pk, walk.is_raw, node.rank_decimals, node.reference_pk,
        row_number() OVER (ORDER BY path)::integer AS position
      FROM walk JOIN public.benchmark AS node USING (pk) WHERE walk.is_visible AND walk.pk IN (SELECT node_pk FROM peers.share);
  CREATE UNIQUE INDEX ON peers.benchmark (pk);
  CREATE UNIQUE INDEX ON peers.benchmark (identifier);
  CREATE INDEX ON peers.benchmark (parent_pk);`;

/**
 * A SELECT of one row a public model and visible node, by the plain words of §2 to §5. `place`: where the row stands in the leaderboard of its
 * node, null if it is not in it.
 */
export const CELL_ROWS = `
    WITH current AS (
      SELECT DISTINCT ON (benchmark_pk) pk, benchmark_pk FROM public.benchmark_version ORDER BY benchmark_pk, number DESC
    ), numbered AS (
      SELECT observation.*, benchmark_pk, benchmark.is_raw, CASE WHEN benchmark.is_raw THEN raw ELSE ceiled END AS number
        FROM public.observation JOIN current ON current.pk = version_pk JOIN peers.benchmark ON benchmark.pk = benchmark_pk
        WHERE retracted_at IS NULL
    ), winner AS (
      SELECT DISTINCT ON (model_pk, benchmark_pk) * FROM numbered
        ORDER BY model_pk, benchmark_pk, CASE WHEN is_failed THEN 1 WHEN number IS NULL THEN 0 ELSE 2 END DESC,
          raw DESC NULLS LAST, ended_at DESC NULLS LAST, started_at DESC NULLS LAST
    ), summed AS (
      SELECT model_pk, node_pk,
          sum(CASE WHEN is_raw OR number IS NULL THEN number ELSE greatest(0, least(1, number)) END * share) AS value,
          bool_or(is_failed) AS has_failed
        FROM winner JOIN peers.share ON leaf_pk = benchmark_pk GROUP BY model_pk, node_pk
    ), cell AS (
      SELECT model.pk AS model_pk, model.name, benchmark.pk AS benchmark_pk, benchmark.parent_pk, position, value,
          CASE WHEN value IS NOT NULL THEN 'SCORED' WHEN has_failed THEN 'FAILED' ELSE 'NOT_RUN' END AS state,
          CASE WHEN rank_decimals IS NULL THEN value
            ELSE sign(value) * floor(abs(value) * 10 ^ rank_decimals::float8 + 0.5 + 10 ^ (rank_decimals - 12)::float8)
              / 10 ^ rank_decimals::float8
          END AS rank_key
        FROM peers.model CROSS JOIN peers.benchmark LEFT JOIN summed ON summed.model_pk = model.pk AND node_pk = benchmark.pk
    )
    SELECT model_pk, benchmark_pk, parent_pk, position, state, value,
        CASE WHEN state = 'SCORED' THEN rank() OVER (PARTITION BY benchmark_pk ORDER BY rank_key DESC NULLS LAST) END::integer AS rank,
        CASE WHEN state <> 'NOT_RUN' THEN
          row_number() OVER (PARTITION BY benchmark_pk ORDER BY rank_key DESC NULLS LAST, value DESC, state, name)
        END::integer AS place
      FROM cell`;

const CELLS = `
  CREATE MATERIALIZED VIEW peers.score AS ${CELL_ROWS} ORDER BY model_pk, position;
  CREATE UNIQUE INDEX ON peers.score (model_pk, benchmark_pk);
  CREATE INDEX ON peers.score (model_pk, position);
  CREATE INDEX ON peers.score (model_pk, parent_pk, position);
  CREATE INDEX ON peers.score (benchmark_pk, place);`;

const STATISTICS = `
  CREATE MATERIALIZED VIEW peers.statistics AS
    SELECT pk AS benchmark_pk, count(value)::integer AS count, min(value) AS min, max(value) AS max, avg(value) AS mean,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY value) AS median
      FROM peers.benchmark LEFT JOIN peers.score ON benchmark_pk = pk GROUP BY pk;
  CREATE UNIQUE INDEX ON peers.statistics (benchmark_pk);`;

/** What PostGraphile's conditions cannot say; PostgreSQL inlines both. */
const FUNCTIONS = `
  CREATE FUNCTION peers.score_columns(score peers.score, benchmarks text[]) RETURNS SETOF peers.score LANGUAGE sql STABLE AS $$
    SELECT cell.* FROM peers.score AS cell JOIN peers.benchmark ON benchmark.pk = cell.benchmark_pk
      WHERE cell.model_pk = score.model_pk AND identifier = ANY (benchmarks) ORDER BY array_position(benchmarks, identifier)
  $$;
  CREATE FUNCTION peers.benchmark_leaderboard_where(benchmark peers.benchmark, architectures text[], least_parameters float8)
    RETURNS SETOF peers.score LANGUAGE sql STABLE AS $$
    SELECT score.* FROM peers.score JOIN peers.model ON model.pk = model_pk
      WHERE benchmark_pk = benchmark.pk AND place IS NOT NULL
        AND architecture = ANY (architectures) AND parameter_count >= least_parameters ORDER BY place
  $$;`;

const TAGS = `
  COMMENT ON VIEW peers.model IS E'@primaryKey pk\\n@unique name';
  COMMENT ON VIEW peers.reference IS E'@primaryKey pk';
  COMMENT ON MATERIALIZED VIEW peers.share IS E'@behavior -*';
  COMMENT ON MATERIALIZED VIEW peers.benchmark IS
    E'@primaryKey pk\\n@unique identifier\\n@foreignKey (reference_pk) references peers.reference (pk)|@fieldName reference';
  COMMENT ON MATERIALIZED VIEW peers.statistics IS E'@primaryKey benchmark_pk';
  COMMENT ON MATERIALIZED VIEW peers.score IS E'@primaryKey model_pk,benchmark_pk
@foreignKey (model_pk) references peers.model (pk)|@fieldName model|@foreignFieldName scores
@foreignKey (benchmark_pk) references peers.benchmark (pk)|@fieldName benchmark|@foreignFieldName leaderboard
@foreignKey (benchmark_pk) references peers.statistics (benchmark_pk)|@fieldName statistics
@foreignKey (model_pk,parent_pk) references peers.score (model_pk,benchmark_pk)|@fieldName parent|@foreignFieldName children';`;
