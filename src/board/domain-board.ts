import { aggregateInSteps } from "../scoring/aggregate";
import type { ObservationChange } from "../scoring/observations";
import { type OrderByEnd, orderingByEnd, renewOrder } from "../scoring/order-by-end";
import { renewingStandings } from "../scoring/renew-standings";
import { Standings } from "../scoring/standings";
import { Timeline } from "../scoring/timeline";
import { keepsValidity, type Validity, validity, type Versions } from "../scoring/versions";
import { findLeafColumns } from "../scoring/winners";
import type { DomainCatalog } from "./domain-catalog";
import { DomainModels } from "./domain-models";
import type { ModelFacts, ObservationFacts } from "./facts";

let boardsMade = 0;

/** Observations that a known order may lag behind; to put more of them in their places is no less than to order all. */
const MOST_TOUCHED = 1_000;

/** Versions, and where each node's own begin among them. */
type VersionPlaces = Versions & { readonly first: Int32Array };

/** What a later board of a domain is made of. */
export interface LaterFacts {
  readonly catalog: DomainCatalog;
  /** Those that were there before are in the same slots. */
  readonly models: DomainModels;
  /** `before`: those of the earlier board, with the node numbers of the later one. */
  readonly change: ObservationChange & { readonly after: ObservationFacts };
}

/** One domain's models and observations over its catalog. Immutable; models are slots of `models`. */
export class DomainBoard {
  readonly models: readonly ModelFacts[];
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
  readonly slots: DomainModels;
  /** Every version of every leaf. */
  readonly versions: VersionPlaces;
  private present: Standings | null = null;
  private line: Timeline | null = null;
  /** The order of the ends before the observations of these indices were added or changed. */
  private order: { readonly known: OrderByEnd; readonly touched: readonly number[] } | null = null;
  private validities: Validity | null = null;

  constructor(
    readonly catalog: DomainCatalog,
    models: readonly ModelFacts[] | DomainModels,
    readonly observations: ObservationFacts,
    versions?: VersionPlaces,
  ) {
    this.slots = models instanceof DomainModels ? models : new DomainModels(models);
    this.models = this.slots.all;
    this.modelsById = this.slots.byId;
    this.modelsByPk = this.slots.byPk;
    this.modelsByName = this.slots.byName;
    this.publicModels = this.slots.isPublic;
    this.names = this.slots.names;
    this.versions = versions ?? versionPlaces(catalog);
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
    const { columns, winners } = yield* findLeafColumns(tree, this.observations, this.models.length, currentVersions);
    const aggregated = yield* aggregateInSteps(scope, columns, this.models.length);
    this.present ??= new Standings({ scope, columns: aggregated, winners, population: this.publicModels, names: this.names });
  }

  /** The board of later facts, step by step: it shares with this one whatever they leave as it is, and does not hold on to it. */
  *renewed({ catalog, models, change }: LaterFacts): Generator<void, DomainBoard> {
    const isSameVersions = hasSameVersions(this.catalog, catalog);
    const isSamePublic = models.isPublic === this.publicModels;
    const isSameSeries = change.after === this.observations;
    const later = new DomainBoard(catalog, models, change.after, isSameVersions ? this.versions : undefined);
    if (catalog.scope !== this.catalog.scope) yield* later.prepare();
    else if (isSameSeries && isSamePublic) later.present = this.standings();
    else {
      const { isPublic: population, names } = models;
      const parts = { observations: change, currentVersion: catalog.currentVersions, population, names };
      later.present = yield* renewingStandings(this.standings(), parts);
    }
    if (isSameSeries && isSameVersions && isSamePublic) later.line = this.line;
    if (this.order) {
      const added = Array.from({ length: change.after.length - change.before.length }, (_, index) => change.before.length + index);
      const touched = [...this.order.touched, ...change.changed, ...added];
      if (touched.length <= MOST_TOUCHED) later.order = { known: this.order.known, touched };
    }
    if (this.validities && isSameVersions && isSamePublic && keepsValidity(this.versions, this.validities, change, models.isPublic)) {
      later.validities = this.validities;
    }
    return later;
  }

  /** The observations in the order of their ends, for going through time; null before they were put in order. */
  get knownTimeline(): Timeline | null {
    return this.line;
  }

  /** Puts the observations in the order of their ends, step by step, and keeps that. */
  *makeTimeline(): Generator<void, Timeline> {
    const ordered = this.order
      ? renewOrder(this.order.known, this.observations, this.order.touched)
      : yield* orderingByEnd(this.observations);
    this.order = { known: ordered, touched: [] };
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
function versionPlaces({ versions }: DomainCatalog): VersionPlaces {
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

/** Whether both catalogs have the same nodes with versions of the same numbers. */
const hasSameVersions = (before: DomainCatalog, after: DomainCatalog): boolean =>
  before.tree === after.tree &&
  before.versions.every((numbered, node) => {
    const others = after.versions[node];
    return numbered === others || (numbered.length === others.length && numbered.every(({ number }, at) => number === others[at].number));
  });
