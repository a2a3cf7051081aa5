import fc from 'fast-check'

// The same properties are tried with the same values in every run, so that a change fails for what
// it changes. LECTERN_SEED tries others.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(import.meta.env.LECTERN_SEED ?? 1) })
