import { removeBuild } from './build-output.js';

removeBuild();
