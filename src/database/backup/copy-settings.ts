/**
 * How a transaction is set that copies tables: the text of every value holds all of it and is the same whatever the settings of the server,
 * and no limit for requests is one for this.
 */
export const COPY_SETTINGS = `SET LOCAL datestyle = 'ISO'; SET LOCAL timezone = 'UTC'; SET LOCAL extra_float_digits = 1;
  SET LOCAL bytea_output = 'hex'; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = 0`;
