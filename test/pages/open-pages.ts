import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { importDataset } from "../../src/dataset/import-dataset";
import { openServer, type OpenServer } from "../server/open-server";
import { joinedSchema } from "../support/joined";
import { BROWSER } from "./browser";

const ROOT = path.resolve(__dirname, "../..");

/** Without these, Chromium looks for its maker's servers at every start. */
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"];

/** How long anything on a page may take, in milliseconds: the machine may be busy. */
const WAIT = 60_000;

/** How a page is opened. */
export interface Opening {
  /** Width and height in pixels. Default 1400 x 900. */
  readonly size?: readonly [number, number];
  /** Default light. */
  readonly scheme?: "light" | "dark";
}

/** The pages as built, over the default data set, in a browser. */
export interface OpenPages {
  readonly url: string;
  /** Folder that the pages were built into. */
  readonly folder: string;
  readonly server: OpenServer;
  /** What went wrong on any page so far: errors in the console, requests that failed. */
  readonly faults: string[];
  /** Where anything was fetched from. */
  readonly hosts: Set<string>;
  open(address: string, opening?: Opening): Promise<Page>;
  close(): Promise<void>;
}

/** Builds the pages, serves them over the default data set, and starts a browser. */
export async function openPages(): Promise<OpenPages> {
  const place = mkdtempSync(path.join(tmpdir(), "scoretree-pages-"));
  const folder = path.join(place, "pages");
  const vite = path.join(ROOT, "node_modules/vite/bin/vite.js");
  execFileSync(process.execPath, [vite, "build", "web", "--outDir", folder, "--logLevel", "warn"], { cwd: ROOT });
  const { schema, api } = joinedSchema();
  const server = await openServer({ pages: folder, endpoints: [{ path: "/graphql", schema }], api });
  await importDataset(server.database.dataSource, path.join(ROOT, "data"));
  await server.refresh();
  const url = await server.server.listen({ port: 0, host: "127.0.0.1" });
  const browser: BrowserContext = await chromium.launchPersistentContext(path.join(place, "profile"), {
    executablePath: BROWSER,
    args: QUIET,
    acceptDownloads: true,
  });
  const faults: string[] = [];
  const hosts = new Set<string>();
  return {
    ...{ url, folder, server, faults, hosts },
    async open(address, { size: [width, height] = [1400, 900], scheme = "light" } = {}) {
      const page = await browser.newPage();
      page.setDefaultTimeout(WAIT);
      page.on("pageerror", ({ message }) => faults.push(message));
      page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
      // What was on its way when a test closed its page is no fault.
      page.on("requestfailed", (request) => {
        if (request.failure()?.errorText !== "net::ERR_ABORTED") faults.push(`${request.url()} failed`);
      });
      page.on("request", (request) => request.url().startsWith("http") && hosts.add(new URL(request.url()).origin));
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto(`${url}${address}`);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
      rmSync(place, { recursive: true, force: true });
    },
  };
}
