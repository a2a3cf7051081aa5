import { Skeleton } from '#ui/feedback.tsx'

export const MediaGridSkeleton = () => (
  <div
    aria-hidden="true"
    className="grid flex-1 auto-rows-min grid-cols-[repeat(auto-fill,minmax(160px,1fr))] gap-1 overflow-hidden pt-1"
  >
    {places.map((place) => (
      <div key={place} className="flex h-41 flex-col gap-2 p-1.5">
        <Skeleton className="flex-1" />
        <Skeleton className="h-4 w-4/5" />
        <Skeleton className="h-3 w-1/2" />
      </div>
    ))}
  </div>
)

const places = Array.from({ length: 18 }, (_, place) => place)
