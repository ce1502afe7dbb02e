import type { LoadReport } from '../core/load-report.js';
import { stableJson } from './stable-json.js';

/** The whole report for machines. */
export function loadToJson(report: LoadReport): string {
  return stableJson(report);
}
