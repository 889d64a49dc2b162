import { foreign, owned, slugIn } from "../../federation/entity";
import type { Subgraph } from "../../federation/subgraph";
import { Account, Contributor, Domain, findDomain, Reference } from "./foreign";
import { modelById, modelByName } from "./loaders";
import { Model } from "./model";
import { ModelFields } from "./model-fields";
import { AccountFields, ContributorFields, ReferenceFields } from "./model-lists";
import { ModelsMutations } from "./mutations";
import { ModelsQueries } from "./queries";

/** Models with their metadata and layers. */
export const models: Subgraph = {
  name: "models",
  resolvers: [ModelsQueries, ModelsMutations, ModelFields, ContributorFields, AccountFields, ReferenceFields],
  entities: {
    Model: owned(
      Model,
      (id, context) => modelById(context, id),
      (key, context) => modelByName(context, slugIn(key), String(key.name)),
    ),
    Domain: foreign(Domain, findDomain),
    Contributor: foreign(Contributor),
    Account: foreign(Account),
    Reference: foreign(Reference),
  },
  work: { sizes: { "Model.layers": 4 } },
};
