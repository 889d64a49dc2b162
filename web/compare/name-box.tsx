import { type FormEvent, useDeferredValue, useId, useState } from "react";
import { useAnswer } from "../graph/use-answer";
import { namesQuery } from "./queries";

/** Takes the name of a model, with suggestions. */
export function NameBox({ domain, onName }: { readonly domain: string; readonly onName: (name: string) => void }) {
  const [text, setText] = useState("");
  const search = useDeferredValue(text);
  const { data } = useAnswer(namesQuery, { domain, search }, { pause: search.length < 2 });
  const list = useId();
  function take(event: FormEvent): void {
    event.preventDefault();
    if (text !== "") onName(text);
    setText("");
  }
  return (
    <form className="find" onSubmit={take}>
      <input aria-label="Add a model" placeholder="Add a model" list={list} value={text} onChange={({ target }) => setText(target.value)} />
      <datalist id={list}>
        {data?.models.nodes.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <button type="submit">Add</button>
    </form>
  );
}
