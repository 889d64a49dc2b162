import { CARD } from "./card";

/** One benchmark of the data set. */
export interface Benchmark {
  readonly identifier: string;
  readonly parent: string | null;
  /** Place among its siblings, from 0. */
  readonly order: number;
  readonly isVisible: boolean;
  /** Decimals that ranks are compared at: 2 or 3. */
  readonly rankDecimals: number;
  /** Key in references.bib, or null. */
  readonly reference: string | null;
}

const GEIRHOS = [
  ...["colour", "contrast", "cueconflict", "edge", "eidolonI", "eidolonII", "eidolonIII", "falsecolour", "highpass", "lowpass"],
  ...["phasescrambling", "powerequalisation", "rotation", "silhouette", "sketch", "stylized", "uniformnoise"],
];
const FERGUSON = [
  ...["circle_line", "color", "convergence", "eighth", "gray_easy", "gray_hard", "half", "juncture", "lle", "llh"],
  ...["quarter", "round_f", "round_v", "tilted_line"],
];

/** What stands beside the card: parent, children, the work they cite. A parent comes before its own children. */
const BESIDE: readonly (readonly [parent: string | null, children: readonly string[], reference?: string])[] = [
  ["V1", ["Coggan2024_fMRI.V1-rdm"]],
  ["V2", ["Coggan2024_fMRI.V2-rdm"]],
  ["V4", ["Coggan2024_fMRI.V4-rdm"]],
  ["IT", ["Coggan2024_fMRI.IT-rdm"]],
  ["IT", ["Bracci2019.anteriorVTC-rdm"], "Bracci2019"],
  ["average_vision", ["behavior_vision"]],
  ["behavior_vision", ["Rajalingham2018-i2n"], "Rajalingham2018"],
  ["behavior_vision", ["Geirhos2021-error_consistency"], "Geirhos2021"],
  ["Geirhos2021-error_consistency", GEIRHOS.map((name) => `Geirhos2021${name}-error_consistency`), "Geirhos2021"],
  ["behavior_vision", ["Baker2022"], "Baker2022"],
  ["Baker2022", ["fragmented", "frankenstein", "inverted"].map((name) => `Baker2022${name}-accuracy_delta`), "Baker2022"],
  ["behavior_vision", ["BMD2024"]],
  ["BMD2024", ["dotted_1", "dotted_2", "texture_1", "texture_2"].map((name) => `BMD2024.${name}Behavioral-accuracy_distance`)],
  ["behavior_vision", ["Ferguson2024"]],
  ["Ferguson2024", FERGUSON.map((name) => `Ferguson2024${name}-value_delta`)],
  ["behavior_vision", ["Hebart2023-match"], "Hebart2023"],
  ["behavior_vision", ["Maniquet2024"], "Maniquet2024"],
  ["Maniquet2024", ["confusion_similarity", "tasks_consistency"].map((name) => `Maniquet2024-${name}`), "Maniquet2024"],
  ["behavior_vision", ["Coggan2024_behavior-ConditionWiseAccuracySimilarity"]],
  [null, ["engineering_vision"]],
  ["engineering_vision", ["Deng2009-top1"], "Deng2009"],
  ["engineering_vision", ["ImageNet-C-top1"], "Hendrycks2019"],
  ["ImageNet-C-top1", ["noise", "blur", "weather", "digital"].map((name) => `Hendrycks2019-${name}-top1`), "Hendrycks2019"],
  ["engineering_vision", ["Geirhos2021-top1"], "Geirhos2021"],
  ["Geirhos2021-top1", GEIRHOS.map((name) => `Geirhos2021${name}-top1`), "Geirhos2021"],
  ["engineering_vision", ["Hermann2020"], "Hermann2020"],
  ["Hermann2020", ["shape_bias", "shape_match"].map((name) => `Hermann2020cueconflict-${name}`), "Hermann2020"],
  ["engineering_vision", ["BarbuMayo2019-top1"], "Barbu2019"],
];

const INVISIBLE: typeof BESIDE = [
  ["V1", ["Cadena2017-pls"], "Cadena2019"],
  ["V1", ["FreemanZiemba2013public.V1-pls"], "Freeman2013"],
  ["V2", ["FreemanZiemba2013public.V2-pls"], "Freeman2013"],
  ["V4", ["MajajHong2015public.V4-pls"], "Majaj13402"],
  ["IT", ["MajajHong2015public.IT-pls"], "Majaj13402"],
  ["behavior_vision", ["Rajalingham2018public-i2n"], "Rajalingham2018"],
  ["behavior_vision", ["Lonnqvist2024"]],
  ["Lonnqvist2024", ["EngineeringAccuracy", "InlabInstructionsAccuracy", "OnlineNoInstructions"].map((name) => `Lonnqvist2024-${name}`)],
];

/** Roots of the domain, the global one first; only engineering counts raw scores. */
export const ROOTS = [
  { benchmark: "average_vision", raw: false },
  { benchmark: "engineering_vision", raw: true },
] as const;

/** Brain-Score compares these with two decimals. */
const TWO_DECIMALS = new Set(["average_vision", "neural_vision", "behavior_vision", "engineering_vision"]);

/** Every benchmark, in tree order: parents before their children, siblings by order. Visible siblings come before invisible ones. */
export const TREE: readonly Benchmark[] = plant();

function plant(): Benchmark[] {
  const children = new Map<string | null, Omit<Benchmark, "order">[]>();
  const add = (identifier: string, parent: string | null, reference: string | null, isVisible: boolean): void => {
    const siblings = children.get(parent) ?? [];
    siblings.push({ identifier, parent, reference, isVisible, rankDecimals: TWO_DECIMALS.has(identifier) ? 2 : 3 });
    children.set(parent, siblings);
  };
  for (const node of CARD) add(node.identifier, node.parent, node.reference, true);
  for (const [rows, isVisible] of [[BESIDE, true] as const, [INVISIBLE, false] as const])
    for (const [parent, identifiers, reference] of rows) for (const child of identifiers) add(child, parent, reference ?? null, isVisible);

  const grow = (parent: string | null): Benchmark[] =>
    (children.get(parent) ?? []).flatMap((node, order) => [{ ...node, order: parent === null ? 0 : order }, ...grow(node.identifier)]);
  return grow(null);
}

const parents = new Set(TREE.map(({ parent }) => parent));

/** The leaves, in tree order: the columns of the population's table of cells. */
export const LEAVES: readonly Benchmark[] = TREE.filter(({ identifier }) => !parents.has(identifier));

/** Row of each leaf in LEAVES, by identifier. */
export const ROW_OF: ReadonlyMap<string, number> = new Map(LEAVES.map(({ identifier }, row) => [identifier, row]));

/** Rows of the counting leaves at or below each benchmark: the visible ones. */
export const ROWS_BELOW: ReadonlyMap<string, readonly number[]> = collectRows();

function collectRows(): Map<string, number[]> {
  const below = new Map(TREE.map(({ identifier }) => [identifier, [] as number[]]));
  const parentOf = new Map(TREE.map(({ identifier, parent }) => [identifier, parent]));
  LEAVES.forEach(({ identifier, isVisible }, row) => {
    if (isVisible) for (let node: string | null = identifier; node !== null; node = parentOf.get(node)!) below.get(node)!.push(row);
  });
  return below;
}

/** Children of each benchmark that have counting leaves, in tree order: those that its value is the mean of. */
export const CHILDREN: ReadonlyMap<string, readonly string[]> = new Map(
  TREE.map(({ identifier }) => [
    identifier,
    TREE.filter((node) => node.parent === identifier && ROWS_BELOW.get(node.identifier)!.length > 0).map((node) => node.identifier),
  ]),
);
