import { lazy, Suspense } from "react";
import { CardPage } from "../card/card-page";
import { LeaderboardPage } from "../leaderboard/leaderboard-page";
import { NothingHere } from "../parts/nothing-here";
import { Skeleton } from "../parts/skeleton";
import { Header } from "./header";
import { useLocation } from "./location";
import { paths, readRoute, type Route } from "./routes";

const AccountPage = lazy(async () => ({ default: (await import("../account/account-page")).AccountPage }));
const BenchmarkPage = lazy(async () => ({ default: (await import("../benchmark/benchmark-page")).BenchmarkPage }));
const ChangesPage = lazy(async () => ({ default: (await import("../changes/changes-page")).ChangesPage }));
const ComparePage = lazy(async () => ({ default: (await import("../compare/compare-page")).ComparePage }));
const HomePage = lazy(async () => ({ default: (await import("../home/home-page")).HomePage }));

function page(route: Route) {
  switch (route.page) {
    case "home":
      return <HomePage />;
    case "leaderboard":
      return <LeaderboardPage key={route.domain} domain={route.domain} />;
    case "model":
      return <CardPage key={`${route.domain} ${route.name}`} domain={route.domain} name={route.name} />;
    case "benchmark":
      return <BenchmarkPage key={`${route.domain} ${route.identifier}`} domain={route.domain} identifier={route.identifier} />;
    case "compare":
      return <ComparePage key={route.domain} domain={route.domain} />;
    case "changes":
      return <ChangesPage key={route.domain} domain={route.domain} />;
    case "account":
      return <AccountPage />;
    default:
      return (
        <NothingHere title="There is no such page">
          <p>
            <a href={paths.home}>All domains</a>
          </p>
        </NothingHere>
      );
  }
}

/** The page that the address names, under the header that all of them have. */
export function App() {
  const route = readRoute(useLocation().path);
  return (
    <>
      <Header route={route} />
      <main id="content" tabIndex={-1}>
        <Suspense fallback={<Skeleton shape="text" />}>{page(route)}</Suspense>
      </main>
    </>
  );
}
