import { aggregate } from "../scoring/aggregate";
import { orderingByEnd } from "../scoring/order-by-end";
import { Standings } from "../scoring/standings";
import { Timeline } from "../scoring/timeline";
import { type Validity, validity, type Versions } from "../scoring/versions";
import { leafColumns } from "../scoring/winners";
import type { DomainCatalog } from "./domain-catalog";
import type { ModelFacts, ObservationFacts } from "./facts";
import { groupBy } from "./group-by";

let boardsMade = 0;

/** One domain's models and observations over its catalog. Immutable; models are slots of `models`. */
export class DomainBoard {
  readonly modelsById: ReadonlyMap<string, number>;
  readonly modelsByPk: ReadonlyMap<number, number>;
  /** By name: the slots of that name, the public one first. Two accounts may have private models of one name (§10). */
  readonly modelsByName: ReadonlyMap<string, readonly number[]>;
  /** 1 for each slot whose model is public: the population now (§7). */
  readonly publicModels: Uint8Array;
  /** One a slot. */
  readonly names: readonly string[];
  /** Tells boards of one process apart. */
  readonly serial = ++boardsMade;
  /** Every version of every leaf. */
  readonly versions: Versions & { readonly first: Int32Array };
  private present: Standings | null = null;
  private line: Timeline | null = null;
  private validities: Validity | null = null;

  constructor(
    readonly catalog: DomainCatalog,
    readonly models: readonly ModelFacts[],
    readonly observations: ObservationFacts,
  ) {
    this.modelsById = new Map(models.map(({ id }, slot) => [id, slot]));
    this.modelsByPk = new Map(models.map(({ pk }, slot) => [pk, slot]));
    const slots = Array.from(models.keys()).sort((a, b) => Number(models[b].isPublic) - Number(models[a].isPublic));
    this.modelsByName = groupBy(slots, (slot) => models[slot].name);
    this.names = models.map(({ name }) => name);
    this.versions = versionPlaces(catalog);
    this.publicModels = Uint8Array.from(models, ({ isPublic }) => (isPublic ? 1 : 0));
  }

  /** The standings now, without conditions. Computed on first use and kept. */
  standings(): Standings {
    const steps = this.prepare();
    while (!this.present) steps.next();
    return this.present;
  }

  /** Computes the standings step by step, so that the first who asks finds them. */
  *prepare(): Generator<void, void> {
    const { tree, scope, currentVersions } = this.catalog;
    const { columns, winners } = leafColumns(tree, this.observations, this.models.length, currentVersions);
    yield;
    const aggregated = aggregate(scope, columns, this.models.length);
    this.present ??= new Standings({ scope, columns: aggregated, winners, population: this.publicModels, names: this.names });
  }

  /** The observations in the order of their ends, for going through time; null before they were put in order. */
  get knownTimeline(): Timeline | null {
    return this.line;
  }

  /** Puts the observations in the order of their ends, step by step, and keeps that. */
  *makeTimeline(): Generator<void, Timeline> {
    const ordered = yield* orderingByEnd(this.observations);
    return (this.line ??= new Timeline(this.catalog.tree, this.versions, this.observations, this.publicModels, ordered));
  }

  /** When a version was the valid one (§8), in milliseconds since 1970; both null for one that never was. */
  versionValidity(node: number, number: number): { from: number | null; to: number | null } {
    this.validities ??= validity(this.versions, this.observations, this.publicModels);
    const at = this.versions.first[node] + this.catalog.versions[node].findIndex((version) => version.number === number);
    const known = (instant: number) => (Number.isNaN(instant) ? null : instant);
    return { from: known(this.validities.from[at]), to: known(this.validities.to[at]) };
  }
}

/** All versions of a domain as parallel arrays, and where each node's own begin in them. */
function versionPlaces({ versions }: DomainCatalog): Versions & { readonly first: Int32Array } {
  const node: number[] = [];
  const number: number[] = [];
  const first = Int32Array.from(versions, (numbered, at) => {
    const before = node.length;
    for (const version of numbered) {
      node.push(at);
      number.push(version.number);
    }
    return before;
  });
  return { length: node.length, node: Int32Array.from(node), number: Int32Array.from(number), first };
}
