import { useState } from "react";
import { readTheme, type Theme, writeTheme } from "./theme";

const NEXT: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };
const SIGN: Readonly<Record<Theme, string>> = { system: "◐", light: "○", dark: "●" };

/** Goes through the themes: as the system, light, dark. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(readTheme);
  function change(): void {
    writeTheme(NEXT[theme]);
    setTheme(NEXT[theme]);
  }
  const says = `Colours: ${theme === "system" ? "as the system" : theme}`;
  return (
    <button type="button" className="quiet" onClick={change} aria-label={says} title={says}>
      <span aria-hidden="true">{SIGN[theme]}</span>
    </button>
  );
}
