//! What reading and writing tar files have in common (POSIX.1-2017, `pax`).

/// Everything in a tar file is a multiple of this, in bytes.
pub(crate) const BLOCK: usize = 512;

/// Where the head of an entry has its own checksum.
pub(crate) const CHECKSUM: std::ops::Range<usize> = 148..156;

/// How many bytes fill the last block of `size` bytes.
pub(crate) fn padding(size: u64) -> usize {
    let over = size % BLOCK as u64;
    usize::try_from(over).map_or(0, |over| (BLOCK - over) % BLOCK)
}

/// The checksum of an entry's head, which counts its own place as blanks.
pub(crate) fn checksum(head: &[u8; BLOCK]) -> u64 {
    let own = head.get(CHECKSUM).unwrap_or_default();
    let sum = |bytes: &[u8]| bytes.iter().map(|&byte| u64::from(byte)).sum::<u64>();
    sum(head) - sum(own) + u64::from(b' ') * own.len() as u64
}
