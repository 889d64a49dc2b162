/**
 * What a client reads from an answer, of whatever shape its query has. Tests look into it and compare: a wrong shape fails there.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a type for each query of each test would say what its expectation says
export type Json = any;
