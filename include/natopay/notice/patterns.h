/* The rule book's [pattern X] sections, compiled: how a notice's wordings are found. */
#ifndef NATOPAY_NOTICE_PATTERNS_H
#define NATOPAY_NOTICE_PATTERNS_H

#include "natopay/book/model.h"

/* FIELD(identifier, name, label, label.fr). The contract's names first. */
#define NP_NOTICE_FIELDS(FIELD)                                                                                      \
    FIELD(TITLE, "title", "Title", "Intitulé")                                                                       \
    FIELD(BODY, "body", "NATO body", "Organisme")                                                                    \
    FIELD(REFERENCE, "reference", "Reference", "Référence")                                                          \
    FIELD(GRADE, "grade", "Grade", "Grade")                                                                          \
    FIELD(TWIN_GRADE, "twin_grade", "Higher twin grade", "Grade supérieur du poste à double grade")                  \
    FIELD(TOWN, "town", "Duty town", "Lieu d'affectation")                                                           \
    FIELD(COUNTRY, "country", "Duty country", "Pays d'affectation")                                                  \
    FIELD(CLOSING, "closing", "Closing date", "Date de clôture")                                                     \
    FIELD(START, "start", "Start", "Entrée en fonctions")                                                            \
    FIELD(SALARY_AMOUNT, "salary_amount", "Salary quoted", "Traitement annoncé")                                     \
    FIELD(SALARY_CURRENCY, "salary_currency", "Currency", "Monnaie")                                                 \
    FIELD(SALARY_PERIOD, "salary_period", "Per", "Par")                                                              \
    FIELD(CONTRACT, "contract", "Contract", "Contrat")                                                               \
    FIELD(CONTRACT_MONTHS, "contract_months", "Contract, months", "Contrat, mois")                                   \
    FIELD(SECONDED_MAX_MONTHS, "seconded_max_months", "Secondment at most, months", "Détachement au plus, mois")     \
    FIELD(TWIN_REDUCTION_MONTHS, "twin_reduction_months", "Twin-grade reduction up to, months",                      \
          "Réduction pour le double grade, mois")                                                                    \
    FIELD(LANGUAGES, "languages", "Languages", "Langues")                                                            \
    FIELD(SLP, "slp", "Language profile (SLP)", "Profil linguistique (SLP)")                                         \
    FIELD(CLEARANCE, "clearance", "Clearance", "Habilitation")                                                       \
    FIELD(EXPERIENCE_YEARS, "experience_years", "Experience, years", "Expérience, années")                           \
    FIELD(SALARY_AMOUNT_HIGH, "salary_amount_high", "Salary quoted, up to", "Traitement annoncé, jusqu'à")           \
    FIELD(SALARY_YEAR, "salary_year", "Year of the scale", "Année du barème")                                        \
    FIELD(EXPERIENCE_YEARS_HIGH, "experience_years_high", "Experience up to, years", "Expérience jusqu'à, années")   \
    FIELD(INTERVIEW, "interview", "Interview", "Entretien")                                                          \
    FIELD(CONTRACT_THEN, "contract_then", "Contract afterwards", "Contrat ensuite")                                  \
    FIELD(SECONDED_MONTHS, "seconded_months", "Secondment, months", "Détachement, mois")                             \
    FIELD(SECONDED_RENEWAL_MONTHS, "seconded_renewal_months", "Secondment renewable for, months",                    \
          "Détachement renouvelable, mois")                                                                          \
    FIELD(PROBATION_MONTHS, "probation_months", "Probation, months", "Période probatoire, mois")                     \
    FIELD(AGE_MIN, "age_min", "Age over", "Âge, plus de")                                                            \
    FIELD(AGE_MAX, "age_max", "Age under", "Âge, moins de")                                                          \
    FIELD(TWIN_GRADED, "twin_graded", "Twin-graded", "Poste à double grade")                                         \
    FIELD(TWIN_NORMAL_MONTHS, "twin_normal_months", "Higher grade not before, months", "Grade supérieur, pas avant") \
    FIELD(TRAVEL, "travel", "Travel", "Déplacements")                                                                \
    FIELD(ON_CALL, "on_call", "On call, outside hours", "Astreintes, hors horaires")                                 \
    FIELD(ALLOWANCES, "allowances", "Allowances named", "Indemnités citées")                                         \
    FIELD(POSTS, "posts", "Number of posts", "Nombre de postes")

typedef enum np_notice_field {
#define NP_NOTICE_FIELD_ENUM(id, name, label, french) NP_NOTICE_##id,
    NP_NOTICE_FIELDS(NP_NOTICE_FIELD_ENUM)
#undef NP_NOTICE_FIELD_ENUM
        NP_NOTICE_FIELD_COUNT
} np_notice_field;

typedef struct np_notice_field_info {
    const char *name;
    np_label label;
} np_notice_field_info;

const np_notice_field_info *np_notice_field_describe(np_notice_field field);

/* The compiled patterns of a book: made once, read-only afterwards, for any number of notices and threads. What is
 * wrong with a pattern is reported at its place. NULL after an error; the book must outlive them. Unlike all else in
 * the library they own memory outside the arena (machine code of the regular expressions): free them. */
typedef struct np_patterns np_patterns;
np_patterns *np_patterns_new(const np_book *book, np_diags *diags, np_arena *arena);
void np_patterns_free(np_patterns *patterns);

#endif
