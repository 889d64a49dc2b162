/** Who asks: null is anybody, without an account. `apiKeyPk`: the key that was sent; none if a token of an identity provider was. */
export type Viewer = { readonly accountPk: number; readonly isAdmin: boolean; readonly apiKeyPk?: number | null } | null;

/** True if a model is this viewer's to see (§10): public ones are everybody's, others their owner's and admins'. */
export const seesModel = (viewer: Viewer, model: { isPublic: boolean; ownerPk: number | null }): boolean =>
  model.isPublic || (viewer !== null && (viewer.isAdmin || model.ownerPk === viewer.accountPk));
