/** One node of the published model card, with what it prints there. */
export interface CardNode {
  readonly identifier: string;
  readonly parent: string | null;
  /** As printed; `X` where the model failed. */
  readonly display: string;
  /** Among all public models; null where the model failed. */
  readonly rank: number | null;
  /** Number of counting leaves at or below. */
  readonly leafCount: number;
  /** Current version of a leaf; null for a parent. */
  readonly version: number | null;
  /** Key in references.bib of the work that the node cites. */
  readonly reference: string | null;
  /** Recording sites and their region, where the card tells them. */
  readonly sites: number | null;
  readonly region: string | null;
  /** The score to five digits, chosen so that every parent rounds to what the card prints; null for parents and where it failed. */
  readonly value: number | null;
}

const parent = (
  identifier: string,
  of: string | null,
  display: string,
  rank: number,
  leafCount: number,
  reference: string | null = null,
): CardNode => ({
  identifier,
  parent: of,
  display,
  rank,
  leafCount,
  reference,
  version: null,
  sites: null,
  region: null,
  value: null,
});

const leaf = (
  identifier: string,
  of: string,
  display: string,
  rank: number | null,
  value: number | null,
  version: number,
  reference: string | null = null,
  sites: number | null = null,
  region: string | null = null,
): CardNode => ({
  identifier,
  parent: of,
  display,
  rank,
  leafCount: 1,
  version,
  reference,
  sites,
  region,
  value,
});

/** The model whose published card this is. */
export const CARD_MODEL = "resnet-50x2_untrained";

/** The card, in its own order, which is tree order. */
export const CARD: readonly CardNode[] = [
  parent("average_vision", null, ".095", 389, 81),
  parent("neural_vision", "average_vision", ".189", 367, 38),
  parent("V1", "neural_vision", ".346", 136, 24),
  parent("Marques2020", "V1", ".766", 53, 22, "Marques2021.03.01.433495"),
  parent("V1-orientation", "Marques2020", ".882", 107, 7),
  leaf("Marques2020_Ringach2002-or_selective", "V1-orientation", ".995", 55, 0.99514, 1),
  leaf("Marques2020_Ringach2002-circular_variance", "V1-orientation", ".797", 197, 0.79691, 1),
  leaf("Marques2020_Ringach2002-orth_pref_ratio", "V1-orientation", ".806", 161, 0.80589, 1),
  leaf("Marques2020_Ringach2002-cv_bandwidth_ratio", "V1-orientation", ".860", 163, 0.85993, 1),
  leaf("Marques2020_DeValois1982-pref_or", "V1-orientation", ".832", 291, 0.83194, 1),
  leaf("Marques2020_Ringach2002-opr_cv_diff", "V1-orientation", ".984", 8, 0.98394, 1),
  leaf("Marques2020_Ringach2002-or_bandwidth", "V1-orientation", ".903", 78, 0.90331, 1),
  parent("V1-spatial_frequency", "Marques2020", ".829", 111, 3),
  leaf("Marques2020_DeValois1982-peak_sf", "V1-spatial_frequency", ".790", 95, 0.79046, 1),
  leaf("Marques2020_Schiller1976-sf_bandwidth", "V1-spatial_frequency", ".794", 208, 0.79446, 1, "Schiller1976"),
  leaf("Marques2020_Schiller1976-sf_selective", "V1-spatial_frequency", ".902", 122, 0.90183, 1, "Schiller1976"),
  parent("V1-response_selectivity", "Marques2020", ".642", 214, 4),
  leaf("Marques2020_FreemanZiemba2013-texture_selectivity", "V1-response_selectivity", ".747", 176, 0.74668, 1, "Freeman2013"),
  leaf("Marques2020_Ringach2002-modulation_ratio", "V1-response_selectivity", ".588", 72, 0.58767, 1),
  leaf("Marques2020_FreemanZiemba2013-texture_variance_ratio", "V1-response_selectivity", ".383", 342, 0.38293, 1, "Freeman2013"),
  leaf("Marques2020_FreemanZiemba2013-texture_sparseness", "V1-response_selectivity", ".849", 27, 0.84931, 1, "Freeman2013"),
  parent("V1-receptive_field_size", "Marques2020", ".547", 200, 2),
  leaf("Marques2020_Cavanaugh2002-grating_summation_field", "V1-receptive_field_size", ".704", 153, 0.70429, 1, "Cavanaugh2002"),
  leaf("Marques2020_Cavanaugh2002-surround_diameter", "V1-receptive_field_size", ".389", 237, 0.38893, 1, "Cavanaugh2002"),
  parent("V1-surround_modulation", "Marques2020", ".565", 229, 1),
  leaf("Marques2020_Cavanaugh2002-surround_suppression_index", "V1-surround_modulation", ".565", 229, 0.56487, 1, "Cavanaugh2002"),
  parent("V1-texture_modulation", "Marques2020", ".933", 9, 2),
  leaf("Marques2020_FreemanZiemba2013-abs_texture_modulation_index", "V1-texture_modulation", ".923", 15, 0.92267, 1, "Freeman2013"),
  leaf("Marques2020_FreemanZiemba2013-texture_modulation_index", "V1-texture_modulation", ".944", 11, 0.94361, 1, "Freeman2013"),
  parent("V1-response_magnitude", "Marques2020", ".966", 8, 3),
  leaf("Marques2020_FreemanZiemba2013-max_texture", "V1-response_magnitude", ".966", 22, 0.96567, 1, "Freeman2013"),
  leaf("Marques2020_Ringach2002-max_dc", "V1-response_magnitude", ".971", 103, 0.97139, 1),
  leaf("Marques2020_FreemanZiemba2013-max_noise", "V1-response_magnitude", ".960", 8, 0.95984, 1, "Freeman2013"),
  leaf("FreemanZiemba2013.V1-pls", "V1", ".272", 187, 0.27212, 2, "Freeman2013", 102, "V1"),
  parent("V2", "neural_vision", ".063", 422, 2),
  leaf("FreemanZiemba2013.V2-pls", "V2", ".126", 415, 0.12631, 2, "Freeman2013", 103, "V2"),
  parent("V4", "neural_vision", ".229", 367, 5),
  leaf("SanghaviJozwik2020.V4-pls", "V4", ".270", 358, 0.27012, 1, "Sanghavi_Jozwik_DiCarlo_2021", 50, "V4"),
  leaf("Sanghavi2020.V4-pls", "V4", ".361", 372, 0.3613, 1, "Sanghavi_DiCarlo_2021", 47, "V4"),
  leaf("SanghaviMurty2020.V4-pls", "V4", ".094", 369, 0.09412, 1, "Sanghavi_Murty_DiCarlo_2021", 46, "V4"),
  leaf("MajajHong2015.V4-pls", "V4", ".420", 408, 0.42045, 3, "Majaj13402", 88, "V4"),
  parent("IT", "neural_vision", ".118", 375, 7),
  leaf("SanghaviMurty2020.IT-pls", "IT", ".148", 371, 0.14848, 1, "Sanghavi_Murty_DiCarlo_2021", 29, "IT"),
  leaf("Sanghavi2020.IT-pls", "IT", ".221", 373, 0.22126, 1, "Sanghavi_DiCarlo_2021", 88, "IT"),
  leaf("SanghaviJozwik2020.IT-pls", "IT", ".265", 364, 0.26518, 1, "Sanghavi_Jozwik_DiCarlo_2021", 26, "IT"),
  leaf("MajajHong2015.IT-pls", "IT", ".192", 408, 0.19204, 3, "Majaj13402", 168, "IT"),
  leaf("Kar2019-ost", "IT", "X", null, null, 2, "Kar2019", 424, "IT"),
];
