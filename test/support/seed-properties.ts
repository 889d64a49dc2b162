import fc from "fast-check";
import { TEST_SEED } from "./test-seed";

// Jest runs this before each test file. A property that fails names the seed itself.
fc.configureGlobal({ seed: TEST_SEED });
