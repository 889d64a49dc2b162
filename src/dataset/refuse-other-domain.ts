import { readFile } from "node:fs/promises";
import path from "node:path";
import { badInput } from "../errors";

function slugOf(manifest: string): string | null {
  try {
    const { domain } = JSON.parse(manifest) as { domain?: { slug?: unknown } };
    return typeof domain?.slug === "string" ? domain.slug : null;
  } catch {
    return null;
  }
}

/** Throws BAD_USER_INPUT if a folder holds a data set of another domain than `slug`: its files would be replaced by this one's. */
export async function refuseOtherDomain(folder: string, slug: string): Promise<void> {
  let manifest: string;
  try {
    manifest = await readFile(path.join(folder, "dataset.json"), "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return;
    throw error;
  }
  const held = slugOf(manifest);
  if (held === slug) return;
  const got = held === null ? "a dataset.json that names no domain" : `a data set of domain ${JSON.stringify(held)}`;
  throw badInput(`Expected a folder without a data set, or with one of domain ${JSON.stringify(slug)}; got ${folder}, which holds ${got}.`);
}
