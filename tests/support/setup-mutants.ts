import fc from 'fast-check'

// Any counterexample detects a mutant or a planted bug; shrinking it would take a hundred times as
// long.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true })
