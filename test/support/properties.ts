import { configureGlobal } from 'fast-check';

/** Every run tries the same inputs, so that a red one is the change's own fault; `FRONTDESK_SEED=2` tries others. */
configureGlobal({ seed: Number(process.env.FRONTDESK_SEED ?? 1) });
