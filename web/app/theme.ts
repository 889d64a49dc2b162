/** Colours: as the system says, or as chosen here. */
export type Theme = "system" | "light" | "dark";

const PLACE = "scoretree.theme";

/** The theme that was chosen; `system` if none was. */
export function readTheme(): Theme {
  const kept = localStorage.getItem(PLACE);
  return kept === "light" || kept === "dark" ? kept : "system";
}

/** Shows a theme, and keeps it for the next visit. `public/theme.js` shows the kept one before anything is drawn. */
export function writeTheme(theme: Theme): void {
  if (theme === "system") {
    localStorage.removeItem(PLACE);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(PLACE, theme);
    document.documentElement.dataset.theme = theme;
  }
}
