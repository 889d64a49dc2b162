import { Facts1764000000000 } from "./1764000000000-facts";
import { Releases1764100000000 } from "./1764100000000-releases";

/** Every migration, oldest first. A new one is added at the end; one that was released is never changed. */
export const migrations = [Facts1764000000000, Releases1764100000000];
