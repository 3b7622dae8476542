#ifndef CSEARCHKERNELS_H
#define CSEARCHKERNELS_H

#include <stddef.h>
#include <stdint.h>

// Loops over bit sets and the scores of a block. They are in C for one reason: the compiler makes a version of each for
// processors with POPCNT and AVX2 and picks at start, while Swift compiles for the oldest x86-64 alone.

/// How many bits are set in `words`.
uint64_t csearch_count(const uint64_t *words, size_t count);

/// How many bits are set in both.
uint64_t csearch_count_common(const uint64_t *left, const uint64_t *right, size_t count);

/// sums[i] += factor * values[i]
void csearch_accumulate(int32_t *sums, const uint8_t *values, int32_t factor, size_t count);

/// The greatest of some numbers; 0 when none is greater.
int32_t csearch_greatest(const int32_t *numbers, size_t count);

/// The greatest of some numbers; 0 of none.
uint8_t csearch_greatest_byte(const uint8_t *numbers, size_t count);

#endif
