/** What the sources of COPY and ADD are, by how they are written. */

/** It stands for a text in the Dockerfile itself. */
export const isHeredoc = (source: string): boolean => /^\d*<</.test(source);

/** ADD fetches it. */
export const isFetched = (source: string): boolean => /^(https?|git|ssh|ftp):|^git@|\.git(#|$)/i.test(source);

/** ADD fetches it with git. */
export const isRepository = (source: string): boolean => /^(git|ssh):|^git@|\.git([#?]|$)/i.test(source);

/** ADD unpacks it, where it comes from the context folder. */
export const isArchive = (source: string): boolean => /\.(tar|tgz|tbz2?|txz|tzst|tar\.\w+)$/i.test(source);
