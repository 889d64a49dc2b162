import { Facts1764000000000 } from "./1764000000000-facts";
import { Releases1764100000000 } from "./1764100000000-releases";
import { EarlierContent1764150000000 } from "./1764150000000-earlier-content";
import { ApiKeys1764200000000 } from "./1764200000000-api-keys";
import { Registrants1764300000000 } from "./1764300000000-registrants";
import { Submissions1764400000000 } from "./1764400000000-submissions";

/** Every migration, oldest first. A new one is added at the end; one that was released is never changed. */
export const migrations = [
  Facts1764000000000,
  Releases1764100000000,
  EarlierContent1764150000000,
  ApiKeys1764200000000,
  Registrants1764300000000,
  Submissions1764400000000,
];
