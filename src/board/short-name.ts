/**
 * The name that lists show: the identifier without what stands before its first dot, unless that part has a capital letter.
 * `dicarlo.MajajHong2015.IT-pls` → `MajajHong2015.IT-pls`; `FreemanZiemba2013.V1-pls` stays.
 */
export function shortName(identifier: string): string {
  const dot = identifier.indexOf(".");
  return dot < 0 || /\p{Lu}/u.test(identifier.slice(0, dot)) ? identifier : identifier.slice(dot + 1);
}
