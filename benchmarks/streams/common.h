/* What the server and the generator of streams agree on: the bytes, so that each can check the other's. */
#ifndef STREAMS_COMMON_H
#define STREAMS_COMMON_H

#include "net.h"

enum {
    CHUNK = 65536,     /* bytes of a read or write; the bytes of a tunnel or a body repeat after so many */
    MESSAGE = 1024,    /* bytes in a WebSocket message */
    EVENT = 100,       /* bytes of a server-sent event, its empty line included */
    TO_SERVER = MESSAGE + 8, /* a masked frame: head, length of two bytes, mask */
    TO_CLIENT = MESSAGE + 4  /* the same without a mask */
};

/* Twice a chunk, so that a chunk can begin at any place of the first. */
static unsigned char pattern[2 * CHUNK];
static unsigned char masked[TO_SERVER], plain[TO_CLIENT], event[EVENT];

/* A binary message (RFC 6455 section 5.2), from the client with a mask of zeros; an event (HTML section 9.2). */
static inline void make_bytes(void) {
    for (int i = 0; i < 2 * CHUNK; i++) pattern[i] = (unsigned char) ((i % CHUNK) * 31 + (i % CHUNK) / 251);
    const unsigned char head[] = {0x82, 126, MESSAGE >> 8, MESSAGE & 0xff};
    memcpy(plain, head, 4);
    memcpy(plain + 4, pattern, MESSAGE);
    memcpy(masked, head, 4);
    masked[1] |= 0x80;
    memcpy(masked + 8, pattern, MESSAGE);
    memset(event, 'x', EVENT);
    memcpy(event, "data: ", 6);
    memcpy(event + EVENT - 2, "\n\n", 2);
}

#endif
