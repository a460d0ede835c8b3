/* Whether somebody could be appointed to a post, and what stands against it, as JSON. */
#include "report_internal.h"

void np_json_appointment(np_json *json, const np_book *book, const np_eligible *conditions, size_t count,
                         np_arena *arena, const np_lang *lang)
{
    if (!conditions) return;
    np_json_member_object(json, "appointment");
    np_appointment_verdict verdict = np_appointment(conditions, count);
    np_json_member(json, "verdict", np_appointment_name(verdict));
    np_json_member_array(json, "reasons");
    for (size_t i = 0; i < count; i++) {
        const np_eligible *row = &conditions[i];
        if (!row->condition->bars || row->meets == NP_MEETS) continue;
        if (verdict == NP_APPOINTMENT_IMPOSSIBLE && row->meets != NP_MEETS_NOT) continue; /* no reason, but a doubt */
        np_json_object(json);
        np_json_member(json, "rule", row->condition->about.name);
        np_json_member(json, "text", np_condition_words(book, arena, row, lang));
        np_json_end_object(json);
    }
    np_json_end_array(json);
    np_json_end_object(json);
}
