/* How often each time was seen, in nanoseconds: each power of two in PIECES equal parts, so that a value is off by 1 in PIECES at most. */
#ifndef STREAMS_HISTOGRAM_H
#define STREAMS_HISTOGRAM_H

#include <stdint.h>
#include <string.h>

enum { PIECE_BITS = 7, PIECES = 1 << PIECE_BITS, SLOTS = (64 - PIECE_BITS + 1) * PIECES };

struct histogram {
    uint64_t count, longest;
    uint64_t seen[SLOTS];
};

static inline void record(struct histogram *of, uint64_t value) {
    int shift = value < 2 * PIECES ? 0 : 63 - __builtin_clzll(value) - PIECE_BITS;
    of->seen[(uint64_t) shift * PIECES + (value >> shift)]++;
    of->count++;
    if (value > of->longest) of->longest = value;
}

/* The least value that so large a share of all is not above: the upper end of its slot; 0 when there is none. */
static inline uint64_t quantile(const struct histogram *of, double share) {
    uint64_t wanted = (uint64_t) (share * (double) of->count), passed = 0;
    if ((double) wanted < share * (double) of->count) wanted++;
    for (uint64_t slot = 0; slot < SLOTS && of->count > 0; slot++) {
        passed += of->seen[slot];
        if (passed < wanted || passed == 0) continue;
        uint64_t shift = slot < 2 * PIECES ? 0 : slot / PIECES - 1;
        uint64_t end = ((slot - shift * PIECES + 1) << shift) - 1;
        return end < of->longest ? end : of->longest;
    }
    return of->longest;
}

#endif
