#include "natopay/show/compare.h"
void np_show_comparison_html(np_text *out, const np_shown_comparison *shown, np_arena *arena){(void)out;(void)shown;(void)arena;}
bool np_show_comparison_xlsx(np_text *out, const np_shown_comparison *shown, np_arena *arena){(void)out;(void)shown;(void)arena;return false;}
