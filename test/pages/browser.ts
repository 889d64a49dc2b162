import { existsSync } from "node:fs";

/** Where Chromium is on this machine; undefined if it is not. It is no package of npm's. */
export const BROWSER = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
