/* Private to calc/show: all words of career output in one table, English and French. */
#ifndef NATOPAY_SHOW_CAREER_PARTS_H
#define NATOPAY_SHOW_CAREER_PARTS_H

#include "natopay/show/estimate.h"
#include "natopay/show/table.h"
#include "natopay/show/timeline.h"

/* WORD(identifier, English, French) */
#define NP_CAREER_WORDS(WORD)                                                                                   \
    WORD(STARTS, "service begins", "début du service")                                                          \
    WORD(FIRST_DAYS, "first month, %lld days", "premier mois, %lld jours")                                      \
    WORD(FULL_MONTH, "first full month", "premier mois entier")                                                 \
    WORD(LAST_DAYS, "last month, %lld days", "dernier mois, %lld jours")                                        \
    WORD(STEP, "step %lld", "échelon %lld")                                                                     \
    WORD(ADVANCEMENT, "advancement to %s", "passage au grade %s")                                               \
    WORD(BORN, "child born %s", "naissance d'un enfant le %s")                                                  \
    WORD(AGED, "child born %s turns %lld", "enfant né le %s : %lld ans")                                        \
    WORD(YEARS, "%s %lld begins", "%s %lld")                                                                    \
    WORD(SCALE, "scale of %s of %s", "barème %s du %s")                                                         \
    WORD(PARAMETER, "%s of %s", "%s du %s")                                                                     \
    WORD(RULE_BEGINS, "%s applies from %s", "%s s'applique dès le %s")                                          \
    WORD(RULE_ENDS, "%s applied until %s", "%s s'appliquait jusqu'au %s")                                       \
    WORD(ONCE, "paid once: %s", "versé une fois : %s")                                                          \
    WORD(ONCE_OVER, "after what was paid once", "après les versements uniques")                                 \
    WORD(OTHER, "%s changes", "%s change")                                                                      \
    WORD(PLAIN, "as appointed", "tel que nommé")                                                                \
    WORD(ENDS_GIVEN, "Service ends on %s, as given.", "Le service prend fin le %s, comme indiqué.")             \
    WORD(ENDS_CONTRACT, "Service ends on %s with the contract.", "Le service prend fin le %s avec le contrat.") \
    WORD(ENDS_MAXIMUM, "Service stops on %s: the longest service of this kind in the post.",                    \
         "Le service s'arrête le %s : durée maximale de ce type dans le poste.")                                \
    WORD(ENDS_AGE, "Service stops on %s: the age rule.", "Le service s'arrête le %s : règle d'âge.")            \
    WORD(MILESTONES, "MILESTONES", "ÉTAPES")                                                                    \
    WORD(OPEN, "OPEN, for want of inputs", "EN SUSPENS, faute de données")                                      \
    WORD(NEEDS, "%s: needs %s", "%s : il faut %s")                                                              \
    WORD(PATH, "PATH", "PARCOURS")                                                                              \
    WORD(CONTRACT, "Contract", "Contrat")                                                                       \
    WORD(TO, "to", "au")                                                                                        \
    WORD(WITHOUT_END, "without end", "sans fin")                                                                \
    WORD(AFTER_CONTRACT, "What follows the contract is assumed: it is not automatic.",                          \
         "La suite du contrat est supposée : elle n'est pas automatique.")                                      \
    WORD(FROM, "FROM", "DU")                                                                                    \
    WORD(UNTIL, "TO", "AU")                                                                                     \
    WORD(MONTHS, "MO.", "MOIS")                                                                                 \
    WORD(GRADE, "GRADE", "GRADE")                                                                               \
    WORD(NET, "NET A MONTH", "NET PAR MOIS")                                                                    \
    WORD(WHY, "WHY", "POURQUOI")                                                                                \
    WORD(ONCE_TITLE, "ONCE", "UNE FOIS")                                                                        \
    WORD(SIDE_BY_SIDE, "SIDE BY SIDE: net by contract year, and the difference so far",                         \
         "CÔTE À CÔTE : net par année de contrat, et l'écart cumulé")                                           \
    WORD(YEAR, "YEAR", "ANNÉE")                                                                                 \
    WORD(TOTAL, "Total", "Total")                                                                               \
    WORD(TOTAL_NET, "Net in all", "Net au total")                                                               \
    WORD(WITH_ONCE, "with what is paid once", "avec les versements uniques")                                    \
    WORD(OPEN_LINES, "Open lines, not counted: %lld (natopay estimate names them).",                            \
         "Lignes en suspens, non comptées : %lld (natopay estimate les nomme).")                                \
    WORD(PERIOD, "PERIOD", "PÉRIODE")                                                                           \
    WORD(GROSS, "GROSS", "BRUT")                                                                                \
    WORD(DEDUCTIONS, "DEDUCTIONS", "RETENUES")                                                                  \
    WORD(NET_SUM, "NET", "NET")                                                                                 \
    WORD(STATUS, "STATUS", "STATUT")                                                                            \
    WORD(ADJUSTED, "With the yearly adjustment at its low and high: net %s to %s.",                             \
         "Avec l'ajustement annuel bas et haut : net de %s à %s.")                                              \
    WORD(TODAY, "In the money of the last known scale.", "En monnaie du dernier barème connu.")                 \
    WORD(ELIGIBILITY, "ELIGIBILITY (advice, not a decision)", "ÉLIGIBILITÉ (conseil, sans décision)")           \
    WORD(CONDITION, "CONDITION", "CONDITION")                                                                   \
    WORD(MET, "met", "remplie")                                                                                 \
    WORD(NOT_MET, "not met", "non remplie")                                                                     \
    WORD(UNKNOWN, "unknown", "inconnue")                                                                        \
    WORD(MISSING, "MISSING", "CE QUI MANQUE")                                                                   \
    WORD(SOURCE, "SOURCE", "SOURCE")                                                                            \
    WORD(DATE, "DATE", "DATE")                                                                                  \
    WORD(WHAT, "WHAT", "QUOI")                                                                                  \
    WORD(PAY_CHANGES, "Pay changes", "La paie change")                                                          \
    WORD(NET_WORD, "net a month", "net par mois")                                                               \
    WORD(BORN_ON, "born %s", "né le %s")                                                                        \
    WORD(KEY, "p probation   = contract   ~ assumed to follow   | pay changes",                                 \
         "p probation   = contrat   ~ suite supposée   | la paie change")

typedef enum np_word {
#define NP_WORD_ENUM(id, english, french) NP_WORD_##id,
    NP_CAREER_WORDS(NP_WORD_ENUM)
#undef NP_WORD_ENUM
        NP_WORD_COUNT
} np_word;

const char *np_word_of(np_word word, np_lang lang);

/* A word with values put in for its %s and %lld; formats come from the table alone. */
const char *np_words(np_arena *arena, np_lang lang, np_word word, ...);

const char *np_day_words(np_arena *arena, np_date date); /* "2026-09-01" */
const char *np_money_words(np_arena *arena, const np_book *book, np_num amount, uint16_t currency);

/* The causes of a stretch, with "; " between. */
const char *np_causes_words(const np_projection *projection, np_arena *arena, np_lang lang, const np_stretch *stretch);

/* A text in lines of at most `width` columns, the second and later ones moved in by `indent`. */
void np_wrap(np_text *out, const char *text, size_t indent, size_t width);

#endif
