import path from "node:path";
import { chromium } from "playwright-core";
import { BROWSER } from "./browser";

const PLACE = path.resolve(__dirname, "../../docs/images/leaderboard.png");

/** Takes the picture in the README of a server that holds the default data set. */
async function takePicture(url: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage({ viewport: { width: 1360, height: 700 }, colorScheme: "light" });
  await page.goto(`${url}/vision`);
  await page.locator(".scores [role=rowheader]").first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll(".cell.waiting").length === 0);
  await page.screenshot({ path: PLACE });
  await browser.close();
}

void takePicture(process.argv[2] ?? "http://127.0.0.1:4000");
