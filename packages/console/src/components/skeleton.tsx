/** Rows that stand in for a list while it is read. */
export function SkeletonRows({ count = 8 }: { count?: number }) {
  return (
    <div role="status" aria-label="Loading" className="appears-late flex flex-col">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="flex h-(--row) items-center border-b border-line">
          <div className="h-2.5 rounded-sm bg-hover" style={{ width: `${30 + ((index * 17) % 50)}%` }} />
        </div>
      ))}
    </div>
  );
}
