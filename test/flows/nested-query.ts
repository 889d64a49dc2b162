/** Asks for a model's cell on a benchmark and those below it, `levels` deep. */
export function nestedQuery(model: string, benchmark: string, levels: number): string {
  let selection = "...Cell children { ...Cell }";
  for (let level = 1; level < levels; level++) selection = `...Cell children { ${selection} }`;
  return `query { model(domain: "vision", name: "${model}") { score(benchmark: "${benchmark}") { ${selection} } } }
    fragment Cell on Score { benchmark { identifier } state display value rank coverage { scored leaves } }`;
}
