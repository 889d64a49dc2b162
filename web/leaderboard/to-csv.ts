/** A text or number as a field of CSV. Spreadsheets take a text for a formula that begins with one of these signs: a quote disarms it. */
function field(value: string | number | null): string {
  if (typeof value === "number") return String(value);
  const text = value === null ? "" : /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as CSV, the header first. Null is an empty field. */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}
