#include "CSearchKernels.h"
#include "wide.h"

#if defined(__GLIBC__)
#include <malloc.h>
void csearch_return_memory(void) { malloc_trim(0); }
#else
void csearch_return_memory(void) {}
#endif

#if defined(__x86_64__) && defined(__linux__)
#define FOR_PROCESSORS __attribute__((target_clones("avx2", "popcnt", "default")))
// Bits are counted eight words at a time where the processor can.
#define FOR_COUNTING __attribute__((target_clones("avx512vpopcntdq", "avx2", "popcnt", "default")))
#else
#define FOR_PROCESSORS
#define FOR_COUNTING
#endif

static inline unsigned ones(uint64_t word) { return (unsigned)__builtin_popcountll(word); }
static inline unsigned lowest(uint64_t word) { return (unsigned)__builtin_ctzll(word); }
static inline int has(const uint64_t *bits, unsigned place) { return (int)(bits[place >> 6] >> (place & 63) & 1); }
static inline unsigned packed(const uint8_t *levels, size_t place) { return levels[place >> 1] >> ((place & 1) * 4) & 15; }

FOR_COUNTING uint64_t csearch_count(const uint64_t *words, size_t count) {
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) sum += ones(words[i]);
    return sum;
}

FOR_COUNTING uint64_t csearch_count_common(const uint64_t *left, const uint64_t *right, size_t count) {
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) sum += ones(left[i] & right[i]);
    return sum;
}

FOR_COUNTING uint64_t csearch_count_common_at(
    const uint64_t *all, const uint32_t *places, const uint64_t *words, size_t count) {
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) sum += ones(all[places[i]] & words[i]);
    return sum;
}

FOR_PROCESSORS static uint64_t count_blocks(
    const uint32_t *starts, const uint16_t *postings, size_t blocks, const uint64_t *bits) {
    uint64_t sum = 0;
    for (size_t block = 0; block < blocks; block++, bits += CSEARCH_BLOCK_WORDS) {
        for (uint32_t i = starts[block]; i < starts[block + 1]; i++) sum += (uint64_t)has(bits, postings[i] >> 4);
    }
    return sum;
}

uint64_t csearch_count_blocks(
    const uint32_t *starts, const uint16_t *postings, size_t blocks, const uint64_t *bits) {
    return csearch_is_wide() ? csearch_wide_count_blocks(starts, postings, blocks, bits)
        : count_blocks(starts, postings, blocks, bits);
}

FOR_PROCESSORS void csearch_tally(
    int32_t *counts, const uint64_t *bits, size_t words, const uint32_t *starts, const uint16_t *numbers, int32_t step) {
    for (size_t word = 0; word < words; word++) {
        for (uint64_t rest = bits[word]; rest; rest &= rest - 1) {
            const uint32_t *range = starts + word * 64 + lowest(rest);
            for (uint32_t place = range[0]; place < range[1]; place++) counts[numbers[place]] += step;
        }
    }
}

FOR_PROCESSORS void csearch_tally_wide(
    int32_t *counts, const uint64_t *bits, size_t words, const uint32_t *starts, const uint32_t *numbers, int32_t step) {
    for (size_t word = 0; word < words; word++) {
        for (uint64_t rest = bits[word]; rest; rest &= rest - 1) {
            const uint32_t *range = starts + word * 64 + lowest(rest);
            for (uint32_t place = range[0]; place < range[1]; place++) counts[numbers[place]] += step;
        }
    }
}

// Where a word of bits is 0 its 64 documents are passed over: most blocks of most answers have few documents.
FOR_COUNTING void csearch_clear(int32_t *sums, const uint64_t *bits) {
    for (unsigned word = 0; word < CSEARCH_BLOCK_WORDS; word++, sums += 64) {
        if (!bits[word]) continue;
        for (unsigned i = 0; i < 64; i++) sums[i] = 0;
    }
}

FOR_COUNTING void csearch_accumulate(int32_t *sums, const uint8_t *values, int32_t factor, const uint64_t *bits) {
    for (unsigned word = 0; word < CSEARCH_BLOCK_WORDS; word++, sums += 64, values += 64) {
        if (!bits[word]) continue;
        for (unsigned i = 0; i < 64; i++) sums[i] += factor * (int32_t)values[i];
    }
}

FOR_COUNTING static int32_t greatest_sum(const int32_t *sums, const uint64_t *bits) {
    int32_t greatest = 0;
    for (unsigned word = 0; word < CSEARCH_BLOCK_WORDS; word++, sums += 64) {
        if (!bits[word]) continue;
        for (unsigned i = 0; i < 64; i++) greatest = sums[i] > greatest ? sums[i] : greatest;
    }
    return greatest;
}

int32_t csearch_greatest(const int32_t *sums, const uint64_t *bits) {
    return csearch_is_wide() ? csearch_wide_greatest(sums, bits) : greatest_sum(sums, bits);
}

FOR_PROCESSORS uint8_t csearch_greatest_byte(const uint8_t *numbers, size_t count) {
    uint8_t greatest = 0;
    for (size_t i = 0; i < count; i++) greatest = numbers[i] > greatest ? numbers[i] : greatest;
    return greatest;
}

FOR_COUNTING uint32_t csearch_latest(const uint32_t *numbers, size_t count) {
    uint32_t latest = 0;
    for (size_t i = 0; i < count; i++) latest = numbers[i] > latest ? numbers[i] : latest;
    return latest;
}

FOR_PROCESSORS static size_t select_times(
    uint16_t *out, const uint64_t *bits, const uint32_t *numbers, uint32_t lower, uint32_t upper) {
    size_t kept = 0;
    for (unsigned word = 0; word < CSEARCH_BLOCK_WORDS; word++) {
        for (uint64_t rest = bits[word]; rest; rest &= rest - 1) {
            unsigned place = word * 64 + lowest(rest);
            out[kept] = (uint16_t)place;
            kept += numbers[place] >= lower && numbers[place] <= upper;
        }
    }
    return kept;
}

size_t csearch_select_times(
    uint16_t *out, const uint64_t *bits, const uint32_t *numbers, uint32_t lower, uint32_t upper) {
    return csearch_is_wide() ? csearch_wide_select_times(out, bits, numbers, lower, upper)
        : select_times(out, bits, numbers, lower, upper);
}

FOR_PROCESSORS void csearch_insert(uint64_t *bits, const uint16_t *postings, size_t count) {
    for (size_t i = 0; i < count; i++) bits[postings[i] >> 10] |= (uint64_t)1 << (postings[i] >> 4 & 63);
}

// The word at hand is kept in a register: going through memory for each document would take four times as long.
#define INSERT_BETWEEN                                                                     \
    size_t at = 0;                                                                         \
    uint64_t word = 0;                                                                     \
    for (size_t i = 0; i < count; i++) {                                                   \
        size_t here = documents[i] >> 6;                                                   \
        if (here != at) {                                                                  \
            bits[at] |= word;                                                              \
            at = here;                                                                     \
            word = 0;                                                                      \
        }                                                                                  \
        word |= (uint64_t)(codes[i] >= lower && codes[i] < upper) << (documents[i] & 63);  \
    }                                                                                      \
    if (count) bits[at] |= word;

FOR_PROCESSORS void csearch_insert_between(
    uint64_t *bits, const uint32_t *documents, const uint16_t *codes, size_t count, uint32_t lower, uint32_t upper) {
    INSERT_BETWEEN
}

FOR_PROCESSORS void csearch_insert_between_wide(
    uint64_t *bits, const uint32_t *documents, const uint32_t *codes, size_t count, uint32_t lower, uint32_t upper) {
    INSERT_BETWEEN
}

FOR_PROCESSORS size_t csearch_select(uint16_t *out, const uint16_t *postings, size_t count, const uint64_t *mask) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        out[kept] = postings[i];
        kept += (size_t)has(mask, postings[i] >> 4);
    }
    return kept;
}

FOR_PROCESSORS size_t csearch_select_packed(
    uint16_t *out, const uint64_t *bits, const uint8_t *levels, size_t start, const uint64_t *mask) {
    size_t kept = 0, before = start;
    for (unsigned word = 0; word < CSEARCH_BLOCK_WORDS; word++) {
        uint64_t own = bits[word];
        for (uint64_t rest = own & mask[word]; rest; rest &= rest - 1) {
            size_t place = before + ones(own & ((rest & -rest) - 1));
            out[kept++] = (uint16_t)((word * 64 + lowest(rest)) << 4 | packed(levels, place));
        }
        before += ones(own);
    }
    return kept;
}

FOR_PROCESSORS size_t csearch_intersect(uint16_t *postings, size_t count, const uint16_t *others, size_t other_count) {
    size_t kept = 0, other = 0;
    for (size_t i = 0; i < count; i++) {
        uint16_t posting = postings[i], first = posting & 0xFFF0;
        if (other_count > count * 8) {
            // Many more of the others: halving is faster than going through them.
            size_t low = other, high = other_count;
            while (low < high) {
                size_t middle = (low + high) / 2;
                if (others[middle] < first) low = middle + 1; else high = middle;
            }
            other = low;
        } else {
            while (other < other_count && others[other] < first) other++;
        }
        if (other == other_count) break;
        if ((others[other] & 0xFFF0) != first) continue;
        postings[kept++] = posting < others[other] ? posting : others[other];
    }
    return kept;
}

FOR_PROCESSORS size_t csearch_intersect_packed(
    uint16_t *postings, size_t count, const uint64_t *bits, const uint8_t *levels, size_t start) {
    size_t kept = 0, before = start;
    unsigned word = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned place = postings[i] >> 4;
        for (; word < place >> 6; word++) before += ones(bits[word]);
        if (!has(bits, place)) continue;
        unsigned other = packed(levels, before + ones(bits[word] & (((uint64_t)1 << (place & 63)) - 1)));
        unsigned own = postings[i] & 15;
        postings[kept++] = (uint16_t)(place << 4 | (own < other ? own : other));
    }
    return kept;
}

FOR_PROCESSORS void csearch_raise(uint8_t *best, const uint16_t *postings, size_t count, const uint8_t *worth) {
    for (size_t i = 0; i < count; i++) {
        uint8_t *here = best + (postings[i] >> 4), value = worth[postings[i] & 15];
        *here = *here > value ? *here : value;
    }
}

FOR_PROCESSORS static void raise_packed(
    uint8_t *best, const uint64_t *bits, const uint8_t *levels, size_t start, const uint64_t *mask,
    const uint8_t *worth) {
    size_t before = start;
    for (unsigned word = 0; word < CSEARCH_BLOCK_WORDS; word++) {
        uint64_t own = bits[word];
        for (uint64_t rest = own & mask[word]; rest; rest &= rest - 1) {
            size_t place = before + ones(own & ((rest & -rest) - 1));
            uint8_t *here = best + word * 64 + lowest(rest), value = worth[packed(levels, place)];
            *here = *here > value ? *here : value;
        }
        before += ones(own);
    }
}

void csearch_raise_packed(
    uint8_t *best, const uint64_t *bits, const uint8_t *levels, size_t start, const uint64_t *mask,
    const uint8_t *worth) {
    if (csearch_is_wide()) csearch_wide_raise_packed(best, bits, levels, start, mask, worth);
    else raise_packed(best, bits, levels, start, mask, worth);
}

FOR_PROCESSORS static void take(int32_t *sums, const uint64_t *bits, uint64_t *left, int32_t worth) {
    for (unsigned word = 0; word < CSEARCH_BLOCK_WORDS; word++) {
        uint64_t taken = bits[word] & left[word];
        left[word] &= ~taken;
        for (uint64_t rest = taken; rest; rest &= rest - 1) sums[word * 64 + lowest(rest)] += worth;
    }
}

void csearch_take(int32_t *sums, const uint64_t *bits, uint64_t *left, int32_t worth) {
    if (csearch_is_wide()) csearch_wide_take(sums, bits, left, worth);
    else take(sums, bits, left, worth);
}

FOR_PROCESSORS void csearch_take_postings(
    int32_t *sums, const uint16_t *postings, size_t count, uint64_t *left, int32_t worth) {
    for (size_t i = 0; i < count; i++) {
        unsigned place = postings[i] >> 4;
        uint64_t bit = (uint64_t)1 << (place & 63);
        if (!(left[place >> 6] & bit)) continue;
        left[place >> 6] &= ~bit;
        sums[place] += worth;
    }
}
