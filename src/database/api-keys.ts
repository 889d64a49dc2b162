/** SQL: true if the row `api_key`, under this alias, is good now: neither revoked nor expired. */
export const isGoodKey = (alias: string): string => `(${alias}.revoked_at IS NULL AND coalesce(${alias}.expires_at > now(), true))`;

/** SQL: true if the use of the row `api_key`, under this alias, was not noted within the last minute. */
export const isUseDue = (alias: string): string => `coalesce(${alias}.last_used_at < now() - interval '1 minute', true)`;
