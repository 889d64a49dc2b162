/**
 * What an API key looks like, also one that was cut off; a JSON Web Token (RFC 7519), whose header begins with `{"`, in base64url `eyJ`; a
 * password in the address of a database.
 */
const SECRETS = /st_[0-9A-Za-z]{8}_[0-9A-Za-z]{16,}|eyJ[\w-]{8,}(?:\.[\w-]*){0,2}|(postgres(?:ql)?:\/\/[^:@/\s]*:)[^@\s]*@/g;

/** True if a text holds what may be somebody's secret. */
export const holdsSecret = (text: string): boolean => text.search(SECRETS) >= 0;

/** A text without what may be somebody's secret. */
export const withoutSecrets = (text: string): string =>
  text.replaceAll(SECRETS, (_found, address?: string) => (address === undefined ? "[secret]" : `${address}[secret]@`));
