import { ExpectedError } from "../errors";
import { reason } from "./explain-failure";

/** What one check of `doctor` found. `advice` says what to do; it is there unless all is well. */
export interface Finding {
  readonly subject: string;
  readonly state: "ok" | "warn" | "fault";
  readonly message: string;
  readonly advice?: string;
}

export const ok = (subject: string, message: string): Finding => ({ subject, state: "ok", message });
export const warn = (subject: string, message: string, advice: string): Finding => ({ subject, state: "warn", message, advice });
export const fault = (subject: string, message: string, advice: string): Finding => ({ subject, state: "fault", message, advice });

/** Runs a check; what it throws is a fault, with the advice for when its own words do not say what to do. */
export async function found(subject: string, advice: string, check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    return fault(subject, reason(error), error instanceof ExpectedError ? "As it says." : advice);
  }
}
