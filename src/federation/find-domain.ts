import { quote } from "./check-input";
import type { Writing } from "./mutate";

/** The internal key of the domain of a slug, as `input.domain` names it; null if there is none, which is refused. */
export async function findDomain({ query, refuse }: Writing, slug: string): Promise<number | null> {
  const [domain]: { pk: number }[] = await query(`SELECT pk FROM domain WHERE slug = $1`, [slug]);
  if (!domain) refuse("NOT_FOUND", ["domain"], `There is no domain ${quote(slug)}.`);
  return domain?.pk ?? null;
}
