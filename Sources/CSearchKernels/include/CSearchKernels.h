#ifndef CSEARCHKERNELS_H
#define CSEARCHKERNELS_H

#include <stddef.h>
#include <stdint.h>

// Loops over bit sets, postings and the scores of a block. They are in C for one reason: the compiler makes a version of
// each for processors with POPCNT and AVX2 and picks at start, while Swift compiles for the oldest x86-64 alone.
//
// A posting of a block is `place << 4 | level`, the place being one of 4,096. Postings rise. Packed levels are four bits
// each, the lower half of a byte first, in the order of the bits that are set; `start` is how many come before the block.

/// Words of 64 bits in a block.
#define CSEARCH_BLOCK_WORDS 64

/// How many bits are set in `words`.
uint64_t csearch_count(const uint64_t *words, size_t count);

/// How many bits are set in both.
uint64_t csearch_count_common(const uint64_t *left, const uint64_t *right, size_t count);

/// How many bits are set in both, where only some words of one of them are not 0: `words[i]` is that at `places[i]`.
uint64_t csearch_count_common_at(const uint64_t *all, const uint32_t *places, const uint64_t *words, size_t count);

/// How many postings have their bit set in `bits`; those of each block begin where `starts` says, which ends with the end.
uint64_t csearch_count_blocks(const uint32_t *starts, const uint16_t *postings, size_t blocks, const uint64_t *bits);

/// For each document whose bit is set, and each number that `starts` says it has: counts[number] += step.
void csearch_tally(
    int32_t *counts, const uint64_t *bits, size_t words, const uint32_t *starts, const uint16_t *numbers, int32_t step);

/// The same with larger numbers.
void csearch_tally_wide(
    int32_t *counts, const uint64_t *bits, size_t words, const uint32_t *starts, const uint32_t *numbers, int32_t step);

/// sums[i] = 0, at least for the documents of a block whose bit is set.
void csearch_clear(int32_t *sums, const uint64_t *bits);

/// sums[i] += factor * values[i], at least for the documents of a block whose bit is set.
void csearch_accumulate(int32_t *sums, const uint8_t *values, int32_t factor, const uint64_t *bits);

/// No less than the greatest of the sums of documents of a block whose bit is set, and no less than 0. Other documents
/// that stand in the same word of bits may count.
int32_t csearch_greatest(const int32_t *sums, const uint64_t *bits);

/// The greatest of some numbers; 0 of none.
uint8_t csearch_greatest_byte(const uint8_t *numbers, size_t count);

/// The greatest of some numbers; 0 of none.
uint32_t csearch_latest(const uint32_t *numbers, size_t count);

/// Writes the places of a block whose bit is set and whose number is from `lower` to `upper`. `out` has room for 4,096.
/// @returns How many there are.
size_t csearch_select_times(
    uint16_t *out, const uint64_t *bits, const uint32_t *numbers, uint32_t lower, uint32_t upper);

/// Sets the bit of each posting.
void csearch_insert(uint64_t *bits, const uint16_t *postings, size_t count);

/// Sets the bit of each document whose code is not less than `lower` and less than `upper`. Documents rise, and may repeat.
void csearch_insert_between(
    uint64_t *bits, const uint32_t *documents, const uint16_t *codes, size_t count, uint32_t lower, uint32_t upper);

/// The same with larger codes.
void csearch_insert_between_wide(
    uint64_t *bits, const uint32_t *documents, const uint32_t *codes, size_t count, uint32_t lower, uint32_t upper);

/// Copies the postings whose bit is set in `mask`. `out` has room for all.
/// @returns How many there are.
size_t csearch_select(uint16_t *out, const uint16_t *postings, size_t count, const uint64_t *mask);

/// Writes the postings of packed levels whose bit is set in `mask`. `out` has room for 4,096.
/// @returns How many there are.
size_t csearch_select_packed(
    uint16_t *out, const uint64_t *bits, const uint8_t *levels, size_t start, const uint64_t *mask);

/// Keeps the postings that are in `others` too, with the lesser level.
/// @returns How many are left.
size_t csearch_intersect(uint16_t *postings, size_t count, const uint16_t *others, size_t other_count);

/// The same with packed levels.
size_t csearch_intersect_packed(
    uint16_t *postings, size_t count, const uint64_t *bits, const uint8_t *levels, size_t start);

/// best[place] = the greater of it and worth[level], of each posting.
void csearch_raise(uint8_t *best, const uint16_t *postings, size_t count, const uint8_t *worth);

/// The same with packed levels, where the bit is set in `mask`.
void csearch_raise_packed(
    uint8_t *best, const uint64_t *bits, const uint8_t *levels, size_t start, const uint64_t *mask,
    const uint8_t *worth);

/// sums[place] += worth where `bits` and `left` are both set, which is then taken out of `left`.
void csearch_take(int32_t *sums, const uint64_t *bits, uint64_t *left, int32_t worth);

/// The same of postings.
void csearch_take_postings(int32_t *sums, const uint16_t *postings, size_t count, uint64_t *left, int32_t worth);

/// Gives memory that is free back to the system, of which the C library would keep much (malloc_trim(3)).
void csearch_return_memory(void);

#endif
