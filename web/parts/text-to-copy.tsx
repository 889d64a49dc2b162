import { CopyButton } from "./copy-button";

export interface TextToCopyProps {
  readonly title: string;
  readonly text: string;
}

/** A text that is shown as it is written, to be copied. */
export function TextToCopy({ title, text }: TextToCopyProps) {
  return (
    <section className="to-copy">
      <header>
        <h2>{title}</h2>
        <CopyButton text={text} />
      </header>
      <pre tabIndex={0} aria-label={title}>
        <code>{text}</code>
      </pre>
    </section>
  );
}
