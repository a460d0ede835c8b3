/* The language that people read. The library's own texts are English, and are their own keys: whoever wants another
 * language hands in how they are translated, and which of the rule book's labels to take. Nothing here depends on the
 * locale of the process. */
#ifndef NATOPAY_BASE_LANG_H
#define NATOPAY_BASE_LANG_H

/* Wherever a `const np_lang *` is taken, NULL is English. The functions are called from any thread, and give back texts
 * that stay as long as the language is used. */
typedef struct np_lang {
    const char *language; /* "fr": label.fr and note.fr are taken from the book */
    /* A text in this language, or `english` itself when there is none. `sense` parts texts that are one in English and
     * several elsewhere; NULL: there is only one. NULL instead of the function: all texts stay English. */
    const char *(*translate)(void *context, const char *sense, const char *english);
    /* The form that goes with a number: of `one` and `many` in English. */
    const char *(*plural)(void *context, const char *one, const char *many, unsigned long long number);
    void *context;
} np_lang;

/* A text, or a format with the same conversions, in the language. */
const char *np_say(const np_lang *lang, const char *english) __attribute__((format_arg(2)));
const char *np_say_as(const np_lang *lang, const char *sense, const char *english) __attribute__((format_arg(3)));
const char *np_say_number(const np_lang *lang, const char *one, const char *many, unsigned long long number)
    __attribute__((format_arg(2), format_arg(3)));

/* Marks a text that is translated later, by np_say, for those who collect the texts. */
#define NP_MARK(english) english

#endif
