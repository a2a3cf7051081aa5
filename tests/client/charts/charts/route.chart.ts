import { createMachine } from 'xstate'

/** Routes, which lead to a state from anywhere, with and without a guard, and meta. */
export const route = createMachine({
  id: 'route',
  initial: 'home',
  meta: { title: 'Pages' },
  states: {
    home: { id: 'home', route: {}, on: { open: 'page' } },
    page: { id: 'page', route: { guard: () => true }, meta: { title: 'A page' } },
  },
})
