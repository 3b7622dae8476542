#ifndef CSEARCHKERNELS_WIDE_H
#define CSEARCHKERNELS_WIDE_H

#include "CSearchKernels.h"

// Loops that no compiler makes of their plain form: 64 documents at a time, for processors with AVX-512 VBMI2 (Intel from
// 2019, AMD from 2022). To be called only where `csearch_is_wide()`; the plain ones do the same elsewhere.

#if defined(__x86_64__) && defined(__linux__)
static inline int csearch_is_wide(void) {
    return __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vbmi") &&
        __builtin_cpu_supports("avx512bw");
}
#else
static inline int csearch_is_wide(void) { return 0; }
#endif

void csearch_wide_raise_packed(
    uint8_t *best, const uint64_t *bits, const uint8_t *levels, size_t start, const uint64_t *mask,
    const uint8_t *worth);

int32_t csearch_wide_greatest(const int32_t *sums, const uint64_t *bits);

uint64_t csearch_wide_count_blocks(
    const uint32_t *starts, const uint16_t *postings, size_t blocks, const uint64_t *bits);

size_t csearch_wide_select_times(
    uint16_t *out, const uint64_t *bits, const uint32_t *numbers, uint32_t lower, uint32_t upper);

void csearch_wide_take(int32_t *sums, const uint64_t *bits, uint64_t *left, int32_t worth);

#endif
