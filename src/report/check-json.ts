import type { CheckReport } from '../core/check-report.js';
import { stableJson } from './stable-json.js';

/** The whole report for machines and for `--baseline`, `diff` and `compare`. */
export function checkToJson(report: CheckReport): string {
  return stableJson(report);
}
