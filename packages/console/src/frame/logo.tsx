export function Logo() {
  return (
    <span className="flex items-center gap-2 font-semibold">
      <svg viewBox="0 0 32 32" width={20} height={20} aria-hidden>
        <rect width="32" height="32" rx="7" className="fill-accent-solid" />
        <path
          d="M6 21h20M6 21c0-7 4.500-11 10-11s10 4 10 11M11 21v-8M16 21V10M21 21v-8"
          className="fill-none stroke-on-accent"
          strokeWidth="2.200"
          strokeLinecap="round"
        />
      </svg>
      <span className="max-lg:sr-only max-xs:not-sr-only">Bridgekit</span>
    </span>
  );
}
