/* Every diagnostic code, declared once. Each has a broken fixture under tests/bad/. */
#ifndef NATOPAY_BASE_CODES_H
#define NATOPAY_BASE_CODES_H

/* CODE(identifier, name, severity, exit code, what it means) */
#define NP_CODES(CODE)                                                                                               \
    CODE(USAGE, "usage", ERROR, 2, "the command line is not understood")                                             \
    CODE(UNKNOWN_COMMAND, "unknown-command", ERROR, 2, "no such command")                                            \
    CODE(UNKNOWN_OPTION, "unknown-option", ERROR, 2, "no such option")                                               \
    CODE(CANNOT_READ, "cannot-read", ERROR, 3, "a file or folder cannot be read")                                    \
    CODE(CANNOT_WRITE, "cannot-write", ERROR, 4, "an output file cannot be written")                                 \
    CODE(NO_MEMORY, "no-memory", ERROR, 4, "memory ran out")                                                         \
    CODE(EMPTY_FILE, "empty-file", ERROR, 3, "a file has nothing in it")                                             \
    CODE(FILE_TOO_LARGE, "file-too-large", ERROR, 3, "a file is larger than its kind may be")                        \
    CODE(BINARY_FILE, "binary-file", ERROR, 3, "a file holds zero or control bytes and is no text")                  \
    CODE(BAD_UTF8, "bad-utf8", ERROR, 3, "a text file is not UTF-8")                                                 \
    CODE(BYTE_ORDER_MARK, "byte-order-mark", WARNING, 0, "a file begins with a byte order mark, which is skipped")   \
    CODE(LONG_LINE, "long-line", ERROR, 3, "a line or a value is longer than it may be")                             \
    CODE(BAD_LINE, "bad-line", ERROR, 3, "a line is no section, key or comment")                                     \
    CODE(BAD_SECTION, "bad-section", ERROR, 3, "a section header is not [TYPE NAME]")                                \
    CODE(KEY_OUTSIDE_SECTION, "key-outside-section", ERROR, 3, "a key stands before the first section")              \
    CODE(COMMENT_CUTS_VALUE, "comment-cuts-value", ERROR, 3, "an unquoted ; or # would cut the value")               \
    CODE(MISSING_QUOTE, "missing-quote", ERROR, 3, "a quoted value does not end, or goes on after its end")          \
    CODE(DUPLICATE_KEY, "duplicate-key", ERROR, 3, "a key is given twice in one section")                            \
    CODE(INI_DIFFERS, "ini-differs", WARNING, 0, "iniparser reads another value than natopay")                       \
    CODE(DUPLICATE_DEFINITION, "duplicate-definition", ERROR, 3, "a definition is given twice in one layer")         \
    CODE(UNKNOWN_TYPE, "unknown-type", ERROR, 3, "no such type of section")                                          \
    CODE(UNKNOWN_KEY, "unknown-key", ERROR, 3, "no such key in this type of section")                                \
    CODE(MISSING_KEY, "missing-key", ERROR, 3, "a key that this type of section needs is not there")                 \
    CODE(BAD_NAME, "bad-name", ERROR, 3, "a name has a form that its type does not allow")                           \
    CODE(BAD_NUMBER, "bad-number", ERROR, 3, "not a number as natopay reads them")                                   \
    CODE(BAD_DATE, "bad-date", ERROR, 3, "not a date of the calendar, or not written YYYY-MM-DD")                    \
    CODE(BAD_VALUE, "bad-value", ERROR, 3, "a value is not of the kind that its key or input takes")                 \
    CODE(OUT_OF_BOUNDS, "out-of-bounds", ERROR, 3, "a value lies outside its bounds")                                \
    CODE(BAD_INDEX, "bad-index", ERROR, 3, "a scale's index is zero or negative")                                    \
    CODE(BAD_RANGE, "bad-range", ERROR, 3, "low and high do not enclose the value")                                  \
    CODE(SCALE_ORDER, "scale-order", WARNING, 0, "a scale section stands before an earlier one of its country")      \
    CODE(UNKNOWN_GRADE, "unknown-grade", ERROR, 3, "no such grade")                                                  \
    CODE(UNKNOWN_COUNTRY, "unknown-country", ERROR, 3, "no such country")                                            \
    CODE(UNKNOWN_CURRENCY, "unknown-currency", ERROR, 3, "no such currency")                                         \
    CODE(UNKNOWN_SOURCE, "unknown-source", ERROR, 3, "no such source")                                               \
    CODE(UNKNOWN_STATUS, "unknown-status", ERROR, 3, "no such status")                                               \
    CODE(UNKNOWN_PARAMETER, "unknown-parameter", ERROR, 3, "no such parameter")                                      \
    CODE(UNKNOWN_CONTRACT, "unknown-contract", ERROR, 3, "no such kind of contract")                                 \
    CODE(UNKNOWN_INPUT, "unknown-input", ERROR, 3, "no such input")                                                  \
    CODE(UNKNOWN_NAME, "unknown-name", ERROR, 3, "a name in a formula, or asked for, is not known")                  \
    CODE(NAME_TAKEN, "name-taken", ERROR, 3, "inputs, rules and parameters share one set of names")                  \
    CODE(BAD_FORMULA, "bad-formula", ERROR, 3, "a formula is not well formed")                                       \
    CODE(DEEP_FORMULA, "deep-formula", ERROR, 3, "a formula is nested too deep or too long")                         \
    CODE(TYPE_MISMATCH, "type-mismatch", ERROR, 3, "an operation does not take values of this type")                 \
    CODE(BAD_ARGUMENTS, "bad-arguments", ERROR, 3, "a function or parameter is called with wrong arguments")         \
    CODE(BAD_SLICES, "bad-slices", ERROR, 3, "limits and rates do not make slices")                                  \
    CODE(CIRCLE, "circle", ERROR, 3, "definitions depend on one another in a circle")                                \
    CODE(TOO_MANY, "too-many", ERROR, 3, "more definitions or values than there may be")                             \
    CODE(MISSING_INPUT, "missing-input", ERROR, 3, "an input that cannot be done without is not given")              \
    CODE(CONTRADICTION, "contradiction", ERROR, 3, "inputs contradict each other")                                   \
    CODE(LOST_VALUE, "lost-value", WARNING, 0, "what looks like one more value of a list is a comment")              \
    CODE(FORMER_GRADE, "former-grade", WARNING, 0, "a grade is given by the name that it had before")                \
    CODE(ADVICE, "advice", WARNING, 0, "the rule book has something to say about this situation")                    \
    CODE(BAD_HORIZON, "bad-horizon", ERROR, 2, "a projection is asked for no month, or for more than 50 years")      \
    CODE(NO_CONTRACT_FITS, "no-contract-fits", ERROR, 3, "service would have to end before it begins")               \
    CODE(AGE_LIMIT, "age-limit", WARNING, 0, "the contract runs past the day on which the age rule ends it")         \
    CODE(SERVICE_LIMIT, "service-limit", WARNING, 0, "the contract runs past the longest service of its kind")       \
    CODE(MISSING_SCALE, "missing-scale", ERROR, 3, "a country has no scale for the date, and none can be derived")   \
    CODE(MISSING_FIGURE, "missing-figure", ERROR, 3, "a grade has no figure, and none can be derived")               \
    CODE(MISSING_PARAMETER, "missing-parameter", ERROR, 3, "a parameter has no value for the date or country")       \
    CODE(MISSING_RATE, "missing-rate", ERROR, 3, "there is no exchange rate between two currencies")                 \
    CODE(CURRENCY_MISMATCH, "currency-mismatch", ERROR, 3, "amounts of two currencies meet without a rate")          \
    CODE(DIVISION_BY_ZERO, "division-by-zero", ERROR, 3, "a formula divides by zero in this situation")              \
    CODE(BAD_POSITION, "bad-position", ERROR, 3, "a list is asked for a position it cannot have")                    \
    CODE(BEYOND_AGE, "beyond-age", WARNING, 0, "pay is counted at an age of which nothing is known")                 \
    CODE(TOO_PRECISE, "too-precise", ERROR, 3, "a fraction grows beyond its bound")                                  \
    CODE(DATE_RANGE, "date-range", ERROR, 3, "a computed date lies outside 1900 to 2200 or does not exist")          \
    CODE(NO_COMMON_CURRENCY, "no-common-currency", WARNING, 0, "posts are compared in their own currencies only")    \
    CODE(GIVEN_TWICE, "given-twice", WARNING, 0, "the command line gives an option or input twice: the last counts") \
    CODE(EQUAL_POSTS, "equal-posts", WARNING, 0, "two of the posts compared are the same")                           \
    CODE(BAD_SCAN, "bad-scan", ERROR, 3, "a range of an input cannot be searched as it is given")                    \
    CODE(NOT_STRICT, "not-strict", ERROR, 3, "a figure is weaker than --strict allows")                              \
    CODE(UNUSED_PARAMETER, "unused-parameter", WARNING, 0, "no rule uses this parameter")                            \
    CODE(UNUSED_FUNCTION, "unused-function", WARNING, 0, "no formula calls this function")                           \
    CODE(NO_SOURCE, "no-source", WARNING, 0, "a rule or figure names no source")                                     \
    CODE(NEVER, "never", WARNING, 0, "a condition can never hold")                                                   \
    CODE(DATE_GAP, "date-gap", WARNING, 0, "effective dates leave a gap that a rule can fall into")                  \
    CODE(STATUS_TOO_STRONG, "status-too-strong", WARNING, 0, "a status is stronger than what it is made of")         \
    CODE(NOT_TRANSLATED, "not-translated", WARNING, 0, "a text of the rule book lacks one of its languages")         \
    CODE(BAD_PATTERN, "bad-pattern", ERROR, 3, "a notice pattern is not usable")                                     \
    CODE(NOT_A_NOTICE, "not-a-notice", ERROR, 3, "a text does not read like a vacancy notice")                       \
    CODE(TWO_NOTICES, "two-notices", ERROR, 3, "a text holds more than one vacancy notice")                          \
    CODE(NOTICE_OPEN, "notice-open", WARNING, 0, "a notice does not state what an estimate needs")                   \
    CODE(NOTICE_UNSURE, "notice-unsure", WARNING, 0, "what was read from a notice is not sure")                      \
    CODE(STRANGE_FIGURE, "strange-figure", WARNING, 0, "a figure is far from the one that it replaces")              \
    CODE(FIXED_CURRENCY, "fixed-currency", WARNING, 0, "a rule pays in one currency, whatever the payslip's is")     \
    CODE(FORGETS_PART_TIME, "forgets-part-time", WARNING, 0, "a flat amount does not go by working time")            \
    CODE(NO_EFFECT, "no-effect", WARNING, 0, "a scenario changes nothing for anybody in the list")                   \
    CODE(SCENARIOS_APART, "scenarios-apart", ERROR, 3, "scenarios on top of one another are for different staff")    \
    CODE(CHANGE_OUTSIDE, "change-outside", ERROR, 3, "a [change] stands outside a scenario")                         \
    CODE(MONTH_BY_MONTH, "month-by-month", WARNING, 0, "a formula makes careers be computed month by month")         \
    CODE(ROW_REJECTED, "row-rejected", WARNING, 0, "a row of a staff list was rejected")                             \
    CODE(NO_CATALOGUE, "no-catalogue", WARNING, 0, "natopay's own texts are not there in the language asked for")    \
    CODE(SHADOWED, "shadowed", WARNING, 0, "an overlay replaces a definition with the same value")

typedef enum np_severity { NP_ERROR, NP_WARNING } np_severity;

typedef enum np_code {
#define NP_CODE_ENUM(id, name, severity, exit, meaning) NP_CODE_##id,
    NP_CODES(NP_CODE_ENUM)
#undef NP_CODE_ENUM
        NP_CODE_COUNT
} np_code;

typedef struct np_code_info {
    const char *name;
    np_severity severity;
    int exit;
    const char *meaning;
} np_code_info;

const np_code_info *np_code_describe(np_code code);

#endif
