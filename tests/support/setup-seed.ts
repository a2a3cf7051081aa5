import fc from 'fast-check'

// Every run tries properties with the same values, so that a failure is due to the change under
// test. LECTERN_SEED tries other values.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(import.meta.env.LECTERN_SEED ?? 1) })
