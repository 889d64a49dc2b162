import type { ReactNode } from "react";
import type { CardModel } from "./queries";

const count = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

function factsOf({ metadata, group, competition, visualDegrees, submittedAt, reference }: CardModel): [string, ReactNode][] {
  const link = (url: string | null, text: string) =>
    url && (
      <a href={url} rel="noreferrer">
        {text}
      </a>
    );
  const isRunnable = metadata.isRunnable === null ? null : metadata.isRunnable ? "yes" : "no";
  const facts: [string, ReactNode][] = [
    ["Submitted", submittedAt?.slice(0, 10)],
    ["Visual degrees", visualDegrees !== null && `${visualDegrees}°`],
    ["Architecture", metadata.architecture],
    ["Family", metadata.family],
    ["Parameters", metadata.parameterCount !== null && count.format(metadata.parameterCount)],
    ["Trainable", metadata.trainableParameterCount !== null && count.format(metadata.trainableParameterCount)],
    ["Layers", metadata.layerCount],
    ["Size", metadata.sizeMegabytes !== null && `${count.format(metadata.sizeMegabytes)} MB`],
    ["Trained on", metadata.trainingDataset],
    ["Trained for", metadata.taskSpecialization],
    ["Runnable", isRunnable],
    ["Group", group],
    ["Competition", competition],
    ["Source", link(metadata.sourceUrl, "code")],
    ["Weights", link(metadata.huggingFaceUrl, "Hugging Face")],
    ["Reference", reference && (link(reference.url, reference.label) ?? reference.label)],
    ["Notes", metadata.notes],
  ];
  return facts.filter(([, fact]) => fact !== null && fact !== undefined && fact !== false);
}

/** What is known of a model besides its scores. What is unknown is not listed. */
export function CardFacts({ model }: { readonly model: CardModel }) {
  const facts = factsOf(model);
  return (
    <section aria-labelledby="facts-title">
      <h2 id="facts-title">About the model</h2>
      {facts.length === 0 ? (
        <p className="soft">Nothing more is known of it.</p>
      ) : (
        <dl>
          {facts.map(([term, fact]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
        </dl>
      )}
      {model.layers.length > 0 && (
        <>
          <h3>Layers by region</h3>
          <dl>
            {model.layers.map(({ region, layer }) => (
              <div key={region}>
                <dt>{region}</dt>
                <dd>
                  <code>{layer}</code>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}
