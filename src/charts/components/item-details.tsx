import type { ItemWords } from './item-words.ts'

/** What a state or a transition is for, and what it is made of. */
export const ItemDetails = ({ words: { title, description, facts } }: { words: ItemWords }) => (
  <>
    <p className="font-semibold">{title}</p>
    {description !== '' && <p>{description}</p>}
    <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 text-sm text-ink-soft">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt>{name}</dt>
          <dd className="text-ink">{value}</dd>
        </div>
      ))}
    </dl>
  </>
)
