import { describe, expect, it } from "@jest/globals";
import { holdsSecret, withoutSecrets } from "../../src/server/secrets";
import { mintKey } from "../../src/subgraphs/submissions/accounts/key-text";

describe("a text without secrets", () => {
  it("has no API key, whole, cut off, or within other words", () => {
    const { text, prefix } = mintKey();
    for (const given of [text, `key=${text}`, `a_${text}_b`, text.slice(0, 40), `"${text}x"`]) {
      expect(holdsSecret(given)).toBe(true);
      expect(withoutSecrets(given)).not.toContain(text.slice(12, 28));
    }
    expect(withoutSecrets(`the key ${prefix} is good no longer`)).toBe(`the key ${prefix} is good no longer`);
  });

  it("has no token, and no password of a database, but the rest of the words", () => {
    expect(withoutSecrets("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJsYWIifQ.c2ln-_x, no.")).toBe("Bearer [secret], no.");
    expect(withoutSecrets("postgresql://lab:p:w@db/x and postgres://u:q@h")).toBe(
      "postgresql://lab:[secret]@db/x and postgres://u:[secret]@h",
    );
  });

  it("is the same where there is none, such as the name of an operation", () => {
    for (const given of ["Leaderboard", "latest_observed_leaderboards", "best_of_models", "postgresql://db/x", "keyJar", ""]) {
      expect(holdsSecret(given)).toBe(false);
      expect(withoutSecrets(given)).toBe(given);
    }
  });
});
