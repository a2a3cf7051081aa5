import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createMachine } from 'xstate'
import type { Chart, ChartGuard, ChartState } from '#charts/chart.ts'
import { inlineActor, toMachineConfig } from '#charts/export/machine-config.ts'
import { toMermaid } from '#charts/export/mermaid.ts'
import { toScxml } from '#charts/export/scxml.ts'
import { renderSvg } from '#charts/export/svg.tsx'
import { colours } from '#charts/export/svg-colours.ts'
import type { Json } from '#charts/json.ts'
import { formatGuard } from '#charts/labels.ts'
import { computeLayout } from '#charts/layout/compute-layout.ts'
import { estimateText } from '#charts/layout/estimate-text.ts'
import { readChart } from '#charts/read-chart.ts'
import { videoMachine } from '#machines/video.machine.ts'
import { allCharts } from './all-charts.ts'
import { parseXml } from './scxml-document.ts'

const readBack = (chart: Chart) =>
  readChart(createMachine(JSON.parse(JSON.stringify(toMachineConfig(chart)))))

describe('The JSON for Stately', () => {
  it.each(['video', 'chapter', 'authoring'])('restores the whole %s machine', (name) => {
    const chart = readChart(allCharts[name] ?? createMachine({}))
    expect(withoutTimes(readBack(chart))).toEqual(withoutTimes(chart))
    expect(readBack(chart).fingerprint).toBe(chart.fingerprint)
  })

  it.each(Object.entries(allCharts))('of %s replaces inline code with names', (_name, machine) => {
    const chart = readChart(machine)
    expect({ ...withNames(withoutTimes(readBack(chart))), fingerprint: '' }).toEqual({
      ...withNames(withoutTimes(chart)),
      fingerprint: '',
    })
  })
})

describe('A small chart', () => {
  const chart = readChart(
    createMachine({
      id: 'door',
      initial: 'shut',
      description: 'A door.',
      on: { paint: { actions: { type: 'coat', params: { colour: 'red' } } } },
      states: {
        shut: {
          tags: ['safe'],
          entry: 'lock',
          on: { open: { target: 'ajar', guard: 'hasKey', description: 'With <the> key.' } },
        },
        ajar: { after: { 500: 'shut' }, on: { break: 'broken' } },
        broken: { type: 'final' },
      },
    }),
  )

  it('is a Mermaid diagram', () => {
    expect(toMermaid(chart)).toBe(`stateDiagram-v2
state "<b>door</b><br/>paint / coat (colour#58; red)" as s0 {
  [*] --> s1
  state "shut" as s1
  s1 : tags safe
  s1 : entry / lock
  s1 --> s2 : open [hasKey]
  state "ajar" as s2
  s2 --> s3 : break
  s2 --> s1 : after 500 ms
  state "broken" as s3
  s3 --> [*]
}
`)
  })

  it('is an SCXML document', () => {
    expect(toScxml(chart)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript" name="door" initial="door">
  <state id="door">
    <!-- A door. -->
    <initial>
      <transition target="door.shut"/>
    </initial>
    <transition event="paint" cond="_event.name === 'paint'">
      <script>coat({&quot;colour&quot;:&quot;red&quot;})</script>
    </transition>
    <state id="door.shut">
      <onentry>
        <script>lock()</script>
      </onentry>
      <transition event="open" cond="_event.name === 'open' &amp;&amp; hasKey()" target="door.ajar">
        <!-- With <the> key. -->
      </transition>
    </state>
    <state id="door.ajar">
      <onentry>
        <send id="xstate.after.500.door.ajar" event="xstate.after.500.door.ajar" delay="500ms"/>
      </onentry>
      <onexit>
        <cancel sendid="xstate.after.500.door.ajar"/>
      </onexit>
      <transition event="break" cond="_event.name === 'break'" target="door.broken"/>
      <transition event="xstate.after.500.door.ajar" cond="_event.name === 'xstate.after.500.door.ajar'" target="door.shut"/>
    </state>
  </state>
  <final id="door.broken"/>
</scxml>
`)
  })

  it('is a picture with all its text, and a definition of every colour that it uses', async () => {
    const request = { chart, direction: 'down', collapsed: new Set<string>() } as const
    const svg = renderSvg(computeLayout(request, estimateText), 'Door')
    const words = [...svg.matchAll(/<text [^>]*>([^<]*)</g)].map(([, word]) => word)
    expect(words.sort()).toEqual(
      [
        '/ coat (colour: red)',
        'after 500 ms',
        'ajar',
        'break',
        'broken',
        'door',
        'entry / lock',
        'if hasKey',
        'open',
        'paint',
        'safe',
        'shut',
      ].sort(),
    )
    expect(parseXml(svg).name).toBe('svg')
    const used = [...svg.matchAll(/class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(' '))
    const unknown = used.filter(
      (name) => /^(?:fill|stroke)-/.test(name) && !svg.includes(`.${name}{`),
    )
    expect(unknown).toEqual([])
  })
})

it.each([
  ['a -- b', 'a - - b'],
  ['a --- b', 'a - - - b'],
  ['-->', '- ->'],
  ['--', '- -'],
])('writes the description %s as a valid XML comment', (description, written) => {
  const lines = toScxml(readChart(createMachine({ id: 'door', description }))).split('\n')
  expect(lines.filter((line) => line.includes('<!--'))).toEqual([`    <!-- ${written} -->`])
})

it('the picture is valid XML, whatever control characters the names contain', () => {
  const name = '\u0000\u0008\u000B\u001F\uFFFE <&">'
  const states = { [name]: { tags: [name], entry: name, on: { [name]: 'b' } }, b: {} }
  const chart = readChart(createMachine({ id: `m${name}`, initial: name, states }))
  const request = { chart, direction: 'down', collapsed: new Set<string>() } as const
  const svg = renderSvg(computeLayout(request, estimateText), name)
  expect(parseXml(svg).name).toBe('svg')
})

it('pictures need no variables, which many programs do not support', () => {
  const request = {
    chart: readChart(videoMachine),
    direction: 'down',
    collapsed: new Set<string>(),
  } as const
  expect(renderSvg(computeLayout(request, estimateText), 'Door')).not.toContain('var(')
})

it('Mermaid shows a key with a dot whole, and tells invokes of one source apart', () => {
  const machine = createMachine({
    initial: 'v1.0',
    states: {
      'v1.0': { invoke: [{ src: 'fetch' }, { src: 'fetch' }], on: { next: 'nested' } },
      nested: { initial: 'a', states: { a: {} } },
    },
    on: { back: '.v1\\.0' },
  })
  const diagram = toMermaid(readChart(machine))
  expect(diagram).toContain('back → v1.0')
  expect(diagram).toContain('invoke fetch #35;1')
  expect(diagram).toContain('invoke fetch #35;2')
})

it('pictures use the colours of the page', () => {
  const theme = readFileSync('src/ui/theme.css', 'utf8')
  const different = Object.entries(colours).filter(
    ([name, { light, dark }]) => !theme.includes(`--color-${name}: light-dark(${light}, ${dark});`),
  )
  expect(different).toEqual([])
})

/** Drops the milliseconds of named delays, which no export contains: they are code. */
function withoutTimes(chart: Chart): Chart {
  const transitions = chart.transitions.map((transition) => ({
    ...transition,
    delay: transition.delay && { ...transition.delay, milliseconds: null },
  }))
  return { ...chart, transitions }
}

/** Replaces inline and combined guards, and inline actors, with names; drops computed params. */
function withNames(chart: Chart): Chart {
  const transitions = chart.transitions.map((transition) => ({
    ...transition,
    guard: transition.guard && toNamedGuard(transition.guard),
    actions: transition.actions.map(withoutComputed),
  }))
  return { ...chart, root: withNamedActors(chart.root), transitions }
}

function toNamedGuard(guard: ChartGuard): ChartGuard {
  return guard.kind === 'named'
    ? withoutComputed(guard)
    : { kind: 'named', name: formatGuard(guard), params: null }
}

function withoutComputed<Part extends { params: Json | 'computed' }>(part: Part): Part {
  return part.params === 'computed' ? { ...part, params: null } : part
}

function withNamedActors(state: ChartState): ChartState {
  const invokes = state.invokes.map((invoke) => ({ ...invoke, src: invoke.src ?? inlineActor }))
  return { ...state, invokes, states: state.states.map(withNamedActors) }
}
