/** What a browser has no counterpart for. The mock never gets here: contracts are part of its browser build. */
function missing(): never {
  throw new Error('There are no files in a browser: the contracts of this build are those that it came with');
}

export const readFile = missing;
export const readdir = missing;
export const existsSync = missing;
export const fileURLToPath = missing;
export const basename = missing;
export const dirname = missing;
export const extname = missing;
export const join = missing;
