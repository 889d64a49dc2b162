import { Facts1764000000000 } from "./1764000000000-facts";

/** Every migration, oldest first. A new one is added at the end; one that was released is never changed. */
export const migrations = [Facts1764000000000];
