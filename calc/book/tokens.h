/* The words, numbers and signs of a formula. Private to calc/book. */
#ifndef NATOPAY_BOOK_TOKENS_H
#define NATOPAY_BOOK_TOKENS_H

#include <stddef.h>

typedef enum np_token_kind {
    NP_TOKEN_END,
    NP_TOKEN_NUMBER,
    NP_TOKEN_DATE,
    NP_TOKEN_TEXT,
    NP_TOKEN_NAME,
    NP_TOKEN_SIGN,
    NP_TOKEN_BAD
} np_token_kind;

typedef struct np_token {
    np_token_kind kind;
    size_t start, end;
    char sign[3]; /* of NP_TOKEN_SIGN */
} np_token;

/* The first one in text[at..length). */
np_token np_next_token(const char *text, size_t length, size_t at);

#endif
