import { CONSOLE } from './console';
import { FLOWS } from './flows';
import type { PictureKind } from './kind';
import { NODES } from './nodes';

/** All that `npm run docs:pictures` takes. */
export const KINDS: PictureKind[] = [FLOWS, NODES, CONSOLE];
