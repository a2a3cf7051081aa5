import { testEngine } from './engine-suites.ts'

testEngine('chromium')
