/** Lists of all apps look at so many of an organisation's, in the order of their creation. */
export const MOST_APPS = 5_000;
