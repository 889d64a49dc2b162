const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A text as it stands between quotes of either kind in Python. */
const escapeForPython = (text: string): string => text.replace(/[\\"'\n\r\t]/g, (character) => ESCAPES[character]);

/** A domain's how-to-use snippet for one model: `{name}` becomes its name, escaped for a Python string. */
export const writeUsage = (usage: string, name: string): string => usage.replaceAll("{name}", () => escapeForPython(name));
