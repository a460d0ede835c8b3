/* One member of staff in the plan's engine: its inputs are set, and it goes over to month-by-month computing where the
 * fast way fails. */
#include "engine_internal.h"

/* What is wrong with an input is said of its slot, wherever in its text it is. */
bool np_engine_set_text(np_engine *e, np_situation *s, uint16_t slot, const char *name, const char *text,
                        np_diags *diags)
{
    np_span place = {e->place, slot, 0};
    np_diags found;
    np_diags_init(&found, diags->arena);
    found.lang = diags->lang;
    bool ok = np_situation_set_text(s, &found, name, text, place, place);
    for (const np_diag *d = found.first; d; d = d->next) np_diag_copy(diags, d, place, "");
    return ok;
}

void np_piece_apply(np_situation *situation, const np_piece *piece)
{
    for (size_t i = 0; i < piece->given_count; i++) {
        const np_given *given = &piece->given[i];
        if (given->value.type == NP_NONE)
            np_situation_forget(situation, given->slot);
        else
            np_situation_set_value(situation, given->slot, given->value);
    }
}

static void remove_row(np_rows *rows, unsigned row)
{
    np_rows before = *rows;
    rows->count = 0;
    for (unsigned i = 0; i < before.count; i++)
        if (before.of[i] != row) np_rows_add(rows, before.of[i]);
}

void np_book_state_end_step(np_book_state *w, bool ok)
{
    w->row->fast = ok && !w->ts.eval.failed;
    if (!w->row->fast) {
        remove_row(&w->full_rows, w->ts.row);
        remove_row(&w->reusing_rows, w->ts.row);
    }
    w->ts.eval.failed = false;
    w->ts.used = 0;
}
