/** Texts by key, the least recently used dropped when all together have more than `limit` characters, keys not counted. */
export class KeptTexts {
  private readonly texts = new Map<string, string>();
  private size = 0;

  constructor(private readonly limit: number) {}

  /** The text kept under this key; made and kept if there is none. One above the limit alone is not kept. */
  get(key: string, make: () => string): string {
    const kept = this.texts.get(key);
    const text = kept ?? make();
    this.texts.delete(key);
    this.texts.set(key, text);
    if (kept === undefined) this.size += text.length;
    for (const [oldest, { length }] of this.texts) {
      if (this.size <= this.limit) break;
      this.texts.delete(oldest);
      this.size -= length;
    }
    return text;
  }
}
