/* What the sections of a rule book may say, in one table: reading, refusing unknown keys, the hints about them and the
 * manual (natopay show section) follow from it. A new key is a line here and a member of the structure it fills. */
#ifndef NATOPAY_BOOK_SCHEMA_H
#define NATOPAY_BOOK_SCHEMA_H

#include "natopay/book/model.h"

/* How a key's value is written, and what np_read_keys makes of it. */
typedef enum np_key_kind {
    NP_KEY_OWN,     /* left to the type's own reader, which np_take takes it for */
    NP_KEY_TEXT,    /* const char *: the text as it stands */
    NP_KEY_LABEL,   /* np_label: a text for people; KEY.fr is the French */
    NP_KEY_TRUTH,   /* bool */
    NP_KEY_WORD,    /* int: which of the words that `values` lists, from 0 */
    NP_KEY_DATE,    /* np_date */
    NP_KEY_FORMULA, /* np_formula, of the type that `values` names; "": of the definition's own */
    NP_KEY_SOURCE,  /* const np_source * */
    NP_KEY_COUNTRY, /* uint16_t: its position in the book; UINT16_MAX where it is unknown */
} np_key_kind;

#define NP_NOWHERE SIZE_MAX

typedef struct np_key_schema {
    const char *name;
    np_key_kind kind;
    bool needed;
    const char *values; /* of a word or formula: see above; else how a value is written, for people */
    size_t at;          /* where in the structure it goes; NP_NOWHERE: the type's own reader takes it */
    const char *meaning;
} np_key_schema;

typedef struct np_section_schema {
    const char *type;
    const char *name; /* what stands behind the type: "X", "COUNTRY DATE" */
    const char *meaning;
    const np_key_schema *keys; /* `label` and `note`, which every section may have, are not among them */
    size_t key_count;
} np_section_schema;

extern const np_section_schema NP_SECTIONS[];
extern const size_t NP_SECTION_COUNT;

/* `label`, `note`, `label.fr` and the like, in any language, which every section may have. */
bool np_is_label_or_note(const char *key);

/* Report the keys that the table does not have for the definition's type (beside `label` and `note`, in any language).
 * False: there was one. For types that no reader of calc/book takes. */
bool np_book_refuse_unknown_keys(np_diags *diags, const np_definition *definition);

/* The source that a key names; NULL after reporting that there is none. */
const np_source *np_book_find_source(const np_book *book, np_diags *diags, const np_ini_key *key);

/* NULL: no type of section is called so. */
const np_section_schema *np_section_schema_of(const char *type);

#endif
