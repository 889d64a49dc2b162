import { Link } from "./link";
import { paths, type Route } from "./routes";
import { ThemeSwitch } from "./theme-switch";

/** Name, places to go, and the switch of colours. */
export function Header({ route }: { readonly route: Route }) {
  const domain = "domain" in route ? route.domain : null;
  const mark = (page: Route["page"]) => (route.page === page ? ("page" as const) : undefined);
  return (
    <header className="bar">
      <a className="skip" href="#content">
        Skip to content
      </a>
      <Link className="brand" to={paths.home} aria-current={mark("home")}>
        <img src="/icon.svg" alt="" width="20" height="20" />
        <span>scoretree</span>
      </Link>
      <nav aria-label="Pages">
        {domain !== null && (
          <>
            <Link to={paths.leaderboard(domain)} aria-current={mark("leaderboard")}>
              Leaderboard
            </Link>
            <Link to={paths.compare(domain)} aria-current={mark("compare")}>
              Compare
            </Link>
            <Link to={paths.changes(domain)} aria-current={mark("changes")}>
              Changes
            </Link>
          </>
        )}
        <Link to={paths.account} aria-current={mark("account")}>
          Account
        </Link>
        <a href="/graphiql">GraphiQL</a>
      </nav>
      <ThemeSwitch />
    </header>
  );
}
