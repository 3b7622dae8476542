#include "CSearchKernels.h"

#if defined(__x86_64__) && defined(__linux__)
#define FOR_PROCESSORS __attribute__((target_clones("avx2", "popcnt", "default")))
#else
#define FOR_PROCESSORS
#endif

FOR_PROCESSORS uint64_t csearch_count(const uint64_t *words, size_t count) {
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) sum += (uint64_t)__builtin_popcountll(words[i]);
    return sum;
}

FOR_PROCESSORS uint64_t csearch_count_common(const uint64_t *left, const uint64_t *right, size_t count) {
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) sum += (uint64_t)__builtin_popcountll(left[i] & right[i]);
    return sum;
}

FOR_PROCESSORS void csearch_accumulate(int32_t *sums, const uint8_t *values, int32_t factor, size_t count) {
    for (size_t i = 0; i < count; i++) sums[i] += factor * (int32_t)values[i];
}

FOR_PROCESSORS int32_t csearch_greatest(const int32_t *numbers, size_t count) {
    int32_t greatest = 0;
    for (size_t i = 0; i < count; i++) greatest = numbers[i] > greatest ? numbers[i] : greatest;
    return greatest;
}

FOR_PROCESSORS uint8_t csearch_greatest_byte(const uint8_t *numbers, size_t count) {
    uint8_t greatest = 0;
    for (size_t i = 0; i < count; i++) greatest = numbers[i] > greatest ? numbers[i] : greatest;
    return greatest;
}
