import fc from 'fast-check'

// A mutant or a planted bug is found by any counter-example; shrinking it takes a hundred times as
// long.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true })
