/** Errors outside of any operation, in the shape that GraphQL clients read. */
export interface ErrorAnswer {
  readonly errors: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string } & Readonly<Record<string, unknown>>;
  }[];
}

/** An answer that holds one error. */
export const errorAnswer = (code: string, message: string, details: Readonly<Record<string, unknown>> = {}): ErrorAnswer => ({
  errors: [{ message, extensions: { code, ...details } }],
});

/** What is said of a mistake of ours: nothing but where to find it in the log. */
export const maskedMessage = (requestId: string): string =>
  `Something went wrong on our side. It is in the server's log under request ${requestId}.`;
