import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";

export interface MenuProps {
  readonly title: ReactNode;
  /** How wide what opens is. */
  readonly size: "wide" | "narrow";
  /** What opens: made only then. */
  readonly children: () => ReactNode;
}

/** A button that opens a panel over the page. Escape, and a press anywhere else, close it. */
export function Menu({ title, size, children }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const frame = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const close = ({ target }: PointerEvent) => void (frame.current?.contains(target as Node) || setOpen(false));
    addEventListener("pointerdown", close);
    return () => removeEventListener("pointerdown", close);
  }, [isOpen]);
  function onKeyDown({ key }: KeyboardEvent): void {
    if (key !== "Escape" || !isOpen) return;
    setOpen(false);
    frame.current?.querySelector("summary")?.focus();
  }
  return (
    <details
      className={`menu ${size}`}
      ref={frame}
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      onKeyDown={onKeyDown}
    >
      <summary>{title}</summary>
      {isOpen && <div className="panel">{children()}</div>}
    </details>
  );
}
