/** SQL: true if the model `fact` was public when a release of its domain was made: then it stays public (§10). */
export const IS_RELEASED = `EXISTS (
  SELECT FROM release WHERE release.domain_pk = fact.domain_pk AND (
    fact.is_public AND fact.revision <= release.at_revision
    OR EXISTS (
      SELECT FROM earlier_content AS earlier WHERE earlier.table_name = 'model' AND earlier.pk = fact.pk
        AND earlier.revision <= release.at_revision AND release.at_revision < earlier.until_revision AND (earlier.content->>'is_public')::bool
    )))`;
