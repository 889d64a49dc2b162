import { coreAnswers } from "./core-answers";
import { hasOracle, oracleRows, oracleWorld, skipped } from "./oracle-world";

const perhaps = (field: string): number | null => (field === "" ? null : Number(field));

(hasOracle ? test : test.skip)(`§2 §3 §5 every cell of oracle-120 has the state, value and rank that it should${skipped}`, () => {
  const { state, value, rank } = coreAnswers(oracleWorld());
  const cells = oracleRows("expected.csv");
  const wrong = cells.filter((cell) => {
    const { model, benchmark } = cell;
    const got = value(model, benchmark);
    const expected = perhaps(cell.value);
    const isNear = got === null || expected === null ? got === expected : Math.abs(got - expected) <= 1e-12;
    return !isNear || state(model, benchmark) !== cell.state || rank(model, benchmark) !== perhaps(cell.rank);
  });
  expect(cells.length).toBeGreaterThan(0);
  expect(wrong).toEqual([]);
});
