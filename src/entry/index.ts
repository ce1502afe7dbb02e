export { vendorIds } from '../../specs/index.gen.js';
export type { Contract } from '../contract/contract.js';
export { loadContract } from '../contract/load-contract.js';
export type { CheckReport, Finding } from '../core/check-report.js';
export { ContractError, NotJudgedError, ProofsheetError, UsageError } from '../core/errors.js';
export { type ExitCode, exitCodes } from '../core/exit-codes.js';
export type { LoadReport } from '../core/load-report.js';
export { resolveContract } from './contracts.js';
