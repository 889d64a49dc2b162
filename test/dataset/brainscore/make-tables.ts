import { type DataSource } from "typeorm";
import { type Entry, entriesOf } from "./site";

/** Which tables the site has for the metadata of a benchmark: one for all, or the ones that came later. */
export type Form = "older" | "newer";

const TABLES: Readonly<Record<Form, string>> = {
  older: `
    CREATE TABLE brainscore_benchmarkmeta (id serial PRIMARY KEY, number_of_images integer, number_of_recording_sites integer,
      recording_sites varchar(100), behavioral_task varchar(100));
    CREATE TABLE brainscore_benchmarkinstance (id serial PRIMARY KEY, benchmark_type_id varchar(200) NOT NULL REFERENCES brainscore_benchmarktype,
      version integer NOT NULL, ceiling float8, ceiling_error float8, meta_id integer REFERENCES brainscore_benchmarkmeta,
      UNIQUE (benchmark_type_id, version));`,
  newer: `
    CREATE TABLE brainscore_benchmark_stimuli_meta (id bigserial PRIMARY KEY, num_stimuli integer, datatype varchar(100),
      stimuli_subtype varchar(100), total_size_mb float8, brainscore_link varchar(200), extra_notes varchar(1000));
    CREATE TABLE brainscore_benchmark_data_meta (id bigserial PRIMARY KEY, benchmark_type varchar(100), task varchar(100), region varchar(100),
      hemisphere varchar(100), num_recording_sites integer, duration_ms float8, species varchar(100), datatype varchar(100),
      num_subjects integer, pre_processing varchar(100), brainscore_link varchar(200), extra_notes varchar(1000), data_publicly_available boolean);
    CREATE TABLE brainscore_benchmark_metric_meta (id bigserial PRIMARY KEY, type varchar(100), reference varchar(100), public boolean NOT NULL,
      brainscore_link varchar(200), extra_notes varchar(1000));
    CREATE TABLE brainscore_benchmarkinstance (id serial PRIMARY KEY, benchmark_type_id varchar(200) NOT NULL REFERENCES brainscore_benchmarktype,
      version integer NOT NULL, ceiling float8, ceiling_error float8, stimuli_meta_id bigint REFERENCES brainscore_benchmark_stimuli_meta,
      data_meta_id bigint REFERENCES brainscore_benchmark_data_meta, metric_meta_id bigint REFERENCES brainscore_benchmark_metric_meta,
      UNIQUE (benchmark_type_id, version));`,
};

const FIRST = `
  CREATE TABLE brainscore_user (id serial PRIMARY KEY, password varchar(128) NOT NULL, last_login timestamptz, is_superuser boolean NOT NULL,
    email varchar(254) UNIQUE, display_name varchar(300), is_staff boolean NOT NULL, is_active boolean NOT NULL);
  CREATE TABLE brainscore_reference (id serial PRIMARY KEY, author varchar(300) NOT NULL, year integer NOT NULL, url varchar(1000) UNIQUE NOT NULL,
    bibtex text NOT NULL);
  CREATE TABLE brainscore_benchmarktype (identifier varchar(200) PRIMARY KEY, domain varchar(200) NOT NULL, "order" integer NOT NULL,
    parent_id varchar(200) REFERENCES brainscore_benchmarktype DEFERRABLE INITIALLY DEFERRED, reference_id integer REFERENCES brainscore_reference,
    visible boolean NOT NULL, owner_id integer REFERENCES brainscore_user);`;

const LAST = `
  CREATE TABLE brainscore_submission (id integer PRIMARY KEY, submitter_id integer NOT NULL REFERENCES brainscore_user, "timestamp" timestamptz NOT NULL,
    model_type varchar(30) NOT NULL, status varchar(25) NOT NULL, jenkins_id integer NOT NULL);
  CREATE TABLE brainscore_model (id serial PRIMARY KEY, name varchar(200) NOT NULL, owner_id integer NOT NULL REFERENCES brainscore_user,
    reference_id integer REFERENCES brainscore_reference, submission_id integer REFERENCES brainscore_submission, visual_degrees integer,
    public boolean NOT NULL, competition varchar(200), domain varchar(200) NOT NULL);
  CREATE TABLE brainscore_score (id serial PRIMARY KEY, benchmark_id integer NOT NULL REFERENCES brainscore_benchmarkinstance,
    model_id integer NOT NULL REFERENCES brainscore_model, score_raw float8, score_ceiled float8, error float8, start_timestamp timestamptz,
    end_timestamp timestamptz, comment varchar(1000));
  CREATE TABLE brainscore_resourceusage (id serial PRIMARY KEY, cost_usd float8);`;

/** Makes the tables that a Brain-Score site has, of one form or the other, without rows. */
export const makeTables = async (dataSource: DataSource, form: Form): Promise<void> =>
  void (await dataSource.query(FIRST + TABLES[form] + LAST));

/** Makes the tables of a site from the fixtures, as Django would load them; keys of users, models and submissions are those of the fixtures. */
export async function makeSite(dataSource: DataSource, form: Form): Promise<void> {
  await makeTables(dataSource, form);
  const insert = async (table: string, row: Readonly<Record<string, unknown>>): Promise<number> => {
    const columns = Object.keys(row);
    const [{ id }] = await dataSource.query(
      `INSERT INTO ${table} (${columns.map((column) => `"${column}"`).join()}) VALUES (${columns.map((_, i) => `$${i + 1}`).join()})
       RETURNING ${table === "brainscore_benchmarktype" ? "identifier AS id" : "id"}`,
      Object.values(row),
    );
    return id;
  };
  const users = new Map<string, number>();
  for (const { pk, fields } of entriesOf("user")) {
    const { password, last_login, is_superuser, email, display_name, is_staff, is_active } = fields;
    users.set(
      email,
      await insert("brainscore_user", { id: pk, password, last_login, is_superuser, email, display_name, is_staff, is_active }),
    );
  }
  // Of two entries of one URL Django keeps the later one.
  const references = new Map<string, number>();
  const byUrl = new Map<string, Entry>();
  for (const entry of entriesOf("reference")) {
    byUrl.delete(entry.fields.url);
    byUrl.set(entry.fields.url, entry);
  }
  for (const [url, { fields }] of byUrl) references.set(url, await insert("brainscore_reference", { ...fields }));
  const referenceOf = (key: string[] | null | undefined) => (key ? references.get(key[0]) : null);

  const types = entriesOf("benchmarktype");
  await dataSource.transaction(async (manager) => {
    for (const { fields } of types)
      await manager.query(`INSERT INTO brainscore_benchmarktype VALUES ($1, $2, $3, $4, $5, $6, 2)`, [
        fields.identifier,
        fields.domain,
        fields.order ?? 999,
        fields.parent ?? null,
        referenceOf(fields.reference),
        fields.visible === "True",
      ]);
  });
  const metas = new Map(entriesOf("benchmarkmeta").map(({ fields }) => [fields.id, fields]));
  const instances = new Map<string, number>();
  for (const { fields } of entriesOf("benchmarkinstance")) {
    const { benchmark_type, version, ceiling, ceiling_error } = fields;
    const meta = metas.get(fields.meta);
    const row: Record<string, unknown> = { benchmark_type_id: benchmark_type, version, ceiling, ceiling_error };
    if (meta && form === "older") {
      const { id, number_of_stimuli, ...rest } = meta;
      row.meta_id = await insert("brainscore_benchmarkmeta", { id, number_of_images: number_of_stimuli, ...rest });
    } else if (meta) {
      row.stimuli_meta_id = await insert("brainscore_benchmark_stimuli_meta", { num_stimuli: meta.number_of_stimuli });
      const { behavioral_task: task, recording_sites: region, number_of_recording_sites: num_recording_sites } = meta;
      row.data_meta_id = await insert("brainscore_benchmark_data_meta", { task, region, num_recording_sites });
    }
    instances.set(`${benchmark_type} ${version}`, await insert("brainscore_benchmarkinstance", row));
  }
  const utc = (text: string): string => `${text.replace(" ", "T")}Z`;
  for (const { pk, fields } of entriesOf("submission")) {
    const { model_type, status, jenkins_id, submitter_id } = fields;
    await insert("brainscore_submission", { id: pk, submitter_id, timestamp: utc(fields.timestamp), model_type, status, jenkins_id });
  }
  const models = new Map<string, number>();
  for (const { pk, fields } of entriesOf("model")) {
    const { name, owner, reference, submission_id, visual_degrees, competition, domain = "vision" } = fields;
    const row = { owner_id: users.get(owner[0]), reference_id: referenceOf(reference), submission_id, visual_degrees, competition, domain };
    models.set(name, await insert("brainscore_model", { id: pk, name, public: fields.public === "True", ...row }));
  }
  const rows = entriesOf("score").map(({ fields }) => ({
    benchmark_id: instances.get(fields.benchmark.join(" ")),
    model_id: models.get(fields.model[0]),
    score_raw: String(fields.score_raw),
    score_ceiled: String(fields.score_ceiled),
    error: String(fields.error),
    start_timestamp: utc(fields.start_timestamp),
    end_timestamp: utc(fields.end_timestamp),
  }));
  await dataSource.query(
    `INSERT INTO brainscore_score (benchmark_id, model_id, score_raw, score_ceiled, error, start_timestamp, end_timestamp)
     SELECT (row->>'benchmark_id')::int, (row->>'model_id')::int, (row->>'score_raw')::float8, (row->>'score_ceiled')::float8,
       (row->>'error')::float8, (row->>'start_timestamp')::timestamptz, (row->>'end_timestamp')::timestamptz
     FROM json_array_elements($1::json) AS row`,
    [JSON.stringify(rows)],
  );
}
