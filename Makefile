# natopay: build, test, install. `make help` lists the targets, `make V=1` prints whole command lines.

# The version, and what of it programs that link the library depend on: see include/natopay.h.
VERSION := $(shell sed -n 's/^\#define NATOPAY_VERSION "\(.*\)"/\1/p' include/natopay.h)
INTERFACE := $(basename $(VERSION))
PREFIX ?= /usr/local
BUILD ?= build
JOBS ?= 2

# What the sources link against. A library added here needs its package in tests/setup. Static where there is a static
# one: a library is loaded, and its symbols are looked up, at every start. libxlsxwriter is loaded when a workbook is
# written (calc/render/xlsx.c). The compiler is asked where they are once, and only when something is linked. Tests take the
# shared ones: those of memory that runs out look at natopay's own allocations alone.
LIBS = $(eval LIBS := $(foreach name,$(STATIC),$(call static,$(name))) $(OTHERS))$(LIBS)
SHARED_LIBS = $(STATIC:%=-l%) $(OTHERS)
STATIC = gmp iniparser md pcre2-8 sqlite3
OTHERS = -lm -lpthread
static = $(or $(filter /%,$(shell $(CC) -print-file-name=lib$(1).a 2>/dev/null)),-l$(1))

# What `make demo` shows, and what it says to type next; tests/first-use types it.
SAMPLE = data/posts/senior-technician-neuilly.ini data/persons/german-family.ini
define NEXT

Type next:
  $(NATOPAY) explain net $(SAMPLE)
  $(NATOPAY) timeline $(SAMPLE)
  $(NATOPAY) compare $(SAMPLE) --post data/posts/operator-technical-security-brussels.ini,grade=G8
  $(NATOPAY) estimate --set grade=G12 --set duty_country=BE --set nationality=IT
  $(NATOPAY) show input
Your own vacancy notice, saved as text:
  $(NATOPAY) estimate NOTICE.txt
README.md goes on from there.
endef

# ---- variants: gcc (the default), clang, san and clang-san (with the address and undefined behaviour sanitizers), fuzz (clang
# with the same and libFuzzer), fast (gcc after a profile, by `make fast`), threads (clang's thread sanitizer) and
# coverage (gcc counting which lines run) ----

VARIANT ?= gcc
CFLAGS ?= -O2 -g
ifeq ($(VARIANT),gcc)
  ifeq ($(origin CC),default)
    CC = gcc
  endif
  OUT = $(BUILD)
else ifeq ($(VARIANT),clang)
  CC = clang
  OUT = $(BUILD)/clang
else ifeq ($(VARIANT),san)
  # Sanitizers make gcc guess wrongly about uninitialized values, so warnings are no errors here.
  CC = gcc
  CFLAGS = -O1 -g1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -Wno-error
  OUT = $(BUILD)/san
else ifeq ($(VARIANT),clang-san)
  CC = clang
  CFLAGS = -O1 -g1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
  OUT = $(BUILD)/clang-san
else ifeq ($(VARIANT),fuzz)
  CC = clang
  CFLAGS = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all
  OUT = $(BUILD)/fuzz
else ifeq ($(VARIANT),fast)
  # The other variants judge warnings; here they would be guesses about code that was put together from all files.
  CC = gcc
  CFLAGS = -O2 -g -flto=auto -fprofile-use -fprofile-partial-training -Wno-missing-profile -Wno-error
  OUT = $(BUILD)/fast
else ifeq ($(VARIANT),threads)
  CC = clang
  CFLAGS = -O1 -g -fno-omit-frame-pointer -fsanitize=thread
  OUT = $(BUILD)/threads
else ifeq ($(VARIANT),coverage)
  CC = gcc
  CFLAGS = -O0 -g --coverage -fprofile-update=atomic -Wno-error
  OUT = $(BUILD)/coverage
else
  $(error VARIANT is gcc, clang, san, clang-san, fuzz, fast, threads or coverage, not '$(VARIANT)')
endif
OBJ = $(BUILD)/$(VARIANT)

# What the compiler and the linker can do against an attack through what is read: checked copies, guarded stacks and
# returns, addresses that cannot be guessed, tables that cannot be written. Sanitizers check more, and do not go with it.
# The objects are those of the shared library too, in which only what natopay.h calls public can be seen.
ifeq ($(findstring sanitize,$(CFLAGS)),)
  HARDENING ?= -fstack-protector-strong -fstack-clash-protection -fPIC -fvisibility=hidden \
    $(if $(filter x86_64% i686%,$(shell $(CC) -dumpmachine)),-fcf-protection) \
    $(if $(filter -O0,$(CFLAGS))$(findstring FORTIFY,$(CPPFLAGS)),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
  HARDENING_LINK ?= -pie -Wl,-z,relro,-z,now,-z,noexecstack
endif

WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wcast-qual -Werror
COMPILE = $(CC) -std=c11 -D_GNU_SOURCE $(WARNINGS) -Iinclude $(HARDENING) $(CPPFLAGS) $(CFLAGS)
LINK = $(CC) $(CFLAGS) $(HARDENING_LINK) $(LDFLAGS) -Wl,--as-needed

# ---- what there is ----

SOURCES = $(sort $(wildcard calc/*/*.c))
CLI_SOURCES = $(filter calc/cli/%,$(SOURCES))
LIB_OBJECTS = $(patsubst %.c,$(OBJ)/%.o,$(filter-out $(CLI_SOURCES),$(SOURCES)))
CLI_OBJECTS = $(CLI_SOURCES:%.c=$(OBJ)/%.o)
HEADERS = $(sort $(wildcard include/*.h include/*/*.h include/*/*/*.h))
HEADER_OBJECTS = $(HEADERS:%=$(OBJ)/%.o)
PROPERTIES = $(patsubst %.c,$(OBJ)/%,$(sort $(wildcard tests/property/prop_*.c)))
PROGRAMS = $(patsubst %.c,$(OBJ)/%,$(sort $(wildcard tests/unit/test_*.c))) $(PROPERTIES)
FUZZERS = $(patsubst %.c,$(OBJ)/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
BENCHES = $(patsubst %.c,$(OBJ)/%,$(sort $(wildcard tests/bench/bench_*.c)))
LIB = $(OUT)/libnatopay.a
SHARED_LIB = $(if $(filter gcc clang,$(VARIANT)),$(OUT)/libnatopay.so.$(INTERFACE))
NATOPAY = $(OUT)/natopay
CATALOGUES = $(patsubst data/lang/%.po,$(BUILD)/locale/%/LC_MESSAGES/natopay.mo,$(sort $(wildcard data/lang/*.po)))
MANUAL = $(OUT)/natopay.1
COMPLETION = $(OUT)/natopay.bash
TEXTS = $(BUILD)/natopay.pot
TEXT_HEADERS = $(HEADERS) $(sort $(wildcard calc/*/*.h))

.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: FORCE all programs benches fuzzers headers everything
.PHONY: demo test accept translate page page-pictures dist bench fast soak faults fuzz threads coverage mutate install uninstall clean format
.PHONY: lint help
Q = $(if $(V),,@)
QUIET = $(V)$(findstring s,$(filter-out -%,$(firstword $(MAKEFLAGS))))
SAY = @$(if $(QUIET),:,printf '  %-7s %s\n')

all: $(NATOPAY) $(LIB) $(SHARED_LIB) $(CATALOGUES) $(MANUAL) $(COMPLETION) ## build the program and the library (the default)

programs: $(PROGRAMS) $(OBJ)/fault/natopay
benches: $(BENCHES)
fuzzers: $(FUZZERS)
headers: $(HEADER_OBJECTS)
everything: all programs benches fuzzers
programs benches fuzzers headers everything:
	@: # says nothing when there is nothing to do

# ---- compiling ----

# Three stamps, each rewritten only when what it records has changed: the flags, where the data is
# installed, the list of sources (a source that was removed must leave the library too).
$(OBJ)/flags: export CONTENT = $(COMPILE) $(LINK) $(LIBS)
$(OBJ)/place: export CONTENT = $(PREFIX) $(VERSION)
$(OBJ)/sources: export CONTENT = $(SOURCES)
$(OBJ)/flags $(OBJ)/place $(OBJ)/sources: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' "$$CONTENT" | cmp -s - $@ || printf '%s\n' "$$CONTENT" >$@

$(OBJ)/calc/cli/%.o: EXTRA = -DNATOPAY_DATADIR='"$(PREFIX)/share/natopay"' \
    -DNATOPAY_LOCALEDIR='"$(PREFIX)/share/locale"'
$(OBJ)/tests/%.o: EXTRA = -Itests
$(CLI_OBJECTS): $(OBJ)/place

# Before anything is compiled, what is not installed is named at once. Then flags that change are looked at again.
$(OBJ)/libraries: Makefile tests/libraries $(OBJ)/flags
	@tests/libraries $(CC) $(CPPFLAGS)
	@touch $@

$(OBJ)/%.o: %.c Makefile $(OBJ)/flags | $(OBJ)/libraries
	$(SAY) CC $<
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(EXTRA) -MMD -MP -c $< -o $@

# Every header compiles alone, and twice.
$(OBJ)/include/%.o: include/% Makefile $(OBJ)/flags
	$(SAY) HEADER $<
	@mkdir -p $(@D)
	$(Q)printf '#include "%s"\n#include "%s"\nextern const int header_alone;\n' '$*' '$*' | \
	    $(COMPILE) -MMD -MP -MF $(@:.o=.d) -MT $@ -x c -c - -o $@

$(LIB): $(LIB_OBJECTS) $(OBJ)/sources
	$(SAY) AR $@
	@mkdir -p $(@D)
	@rm -f $@
	$(Q)$(AR) rcs $@ $(LIB_OBJECTS)

$(OUT)/libnatopay.so.$(INTERFACE): $(LIB_OBJECTS) $(OBJ)/sources
	$(SAY) SHARED $@
	@mkdir -p $(@D)
	$(Q)$(CC) -shared $(CFLAGS) $(filter-out -pie,$(HARDENING_LINK)) $(LDFLAGS) -Wl,--as-needed -Wl,-z,defs \
	    -Wl,-soname,$(@F) $(LIB_OBJECTS) $(SHARED_LIBS) -o $@
	@ln -sf $(@F) $(@D)/libnatopay.so

$(NATOPAY): $(CLI_OBJECTS) $(LIB) $(OBJ)/sources
	$(SAY) LINK $@
	$(Q)$(LINK) $(CLI_OBJECTS) $(LIB) $(LIBS) -o $@

# The same program on shared libraries, for tests/fault.
$(OBJ)/fault/natopay: $(CLI_OBJECTS) $(LIB) $(OBJ)/sources
	$(SAY) LINK $@
	@mkdir -p $(@D)
	$(Q)$(LINK) $(CLI_OBJECTS) $(LIB) $(SHARED_LIBS) -o $@

# private: what they need before them, above all the stamp of the flags, is not made with these values.
$(PROGRAMS): private CMOCKA = -lcmocka
$(PROGRAMS): private LIBS = $(SHARED_LIBS)
$(OBJ)/tests/unit/test_no_memory: private LINK += -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
$(PROGRAMS) $(BENCHES): %: %.o $(LIB)
	$(SAY) LINK $@
	$(Q)$(LINK) $< $(LIB) $(LIBS) $(CMOCKA) -o $@

# libFuzzer brings a main of its own; elsewhere a plain one runs the inputs it is given.
ifeq ($(VARIANT),fuzz)
$(FUZZERS): private LINK += -fsanitize=fuzzer
else
$(FUZZERS): $(OBJ)/tests/fuzz/run_inputs.o
$(FUZZERS): FUZZ_MAIN = $(OBJ)/tests/fuzz/run_inputs.o
endif
$(FUZZERS): %: %.o $(LIB)
	$(SAY) LINK $@
	$(Q)$(LINK) $< $(FUZZ_MAIN) $(LIB) $(LIBS) -o $@


# What is installed beside the program, made from its own tables.
$(MANUAL): $(NATOPAY)
	$(SAY) MANUAL $@
	$(Q)$(NATOPAY) help manual >$@

$(COMPLETION): $(NATOPAY)
	$(SAY) BASH $@
	$(Q)$(NATOPAY) help completion >$@

# ---- languages ----

# Written beside, then renamed: variants that are built at the same time share these files.
$(BUILD)/locale/%/LC_MESSAGES/natopay.mo: data/lang/%.po
	$(SAY) MSGFMT $<
	@mkdir -p $(@D)
	$(Q)msgfmt --check -o $@.$$$$ $< && mv $@.$$$$ $@

# All texts that are translated. A format that is nothing but texts put in is none.
PAGE_WORDS = $(sort $(wildcard calc/page/web/*.mjs))
$(TEXTS): $(SOURCES) $(TEXT_HEADERS) $(PAGE_WORDS) Makefile $(OBJ)/sources
	$(SAY) XGETTEXT $@
	@mkdir -p $(@D)
	@printf 'msgid "%s"\nmsgstr ""\n' '%s' >$@.none; printf '\nmsgid "%s"\nmsgstr ""\n' '%s%s' >>$@.none
	$(Q)xgettext --language=C --from-code=UTF-8 --add-location=file --package-name=natopay --msgid-bugs-address=none --exclude-file=$@.none \
	    --keyword --keyword=np_say:2 --keyword=np_say_as:2c,3 --keyword=np_say_number:2,3 --keyword=say:2 \
	    --keyword=np_html_say:2 --keyword=NP_MARK --keyword=NP_HELP --keyword=np_report:4 --keyword=np_diag_hint:3 \
	    --keyword=np_diag_note:4 --keyword=np_run_usage:3 --keyword=np_eval_error:4 --keyword=np_notice_warn:4 \
	    --keyword=FUNCTION:5 --keyword=OPTION:5 --keyword=FORMAT:2 --keyword=fail:5,5t --keyword=complain:5,5t \
	    --keyword=complain:3,4t --output=$@.all $(SOURCES) $(TEXT_HEADERS)
	@sed -i 's/charset=CHARSET/charset=UTF-8/' $@.all
	$(Q)xgettext --join-existing --language=JavaScript --from-code=UTF-8 --add-location=file --keyword --keyword=say \
	    --output=$@.all $(PAGE_WORDS)
	@mv $@.all $@ && rm -f $@.none

translate: $(TEXTS) ## take new texts into data/lang/*.po, drop old ones; then translate what is empty there
	@for po in data/lang/*.po; do \
	    msgmerge --quiet --update --backup=off --width=118 --no-fuzzy-matching --add-location=file "$$po" $(TEXTS) && \
	    msgattrib --no-obsolete --width=118 -o "$$po" "$$po"; \
	done

-include $(OBJ)/tests/fuzz/run_inputs.d $(FUZZERS:=.d)
-include $(patsubst %.o,%.d,$(LIB_OBJECTS) $(CLI_OBJECTS) $(HEADER_OBJECTS)) $(PROGRAMS:=.d) $(BENCHES:=.d)

# ---- using; each first installs what is missing, then builds in a make of its own ----

# A make inside make shares the jobs it was given; when none were given, it takes $(JOBS).
SHARED = --no-print-directory $$(case "$$MAKEFLAGS" in *jobserver*) ;; *) echo -j$(JOBS) ;; esac)

demo: export NEXT := $(NEXT)
demo: ## install what the build needs, build, print a first estimate, and say what to type next
	@tests/setup demo
	@$(MAKE) $(SHARED) all
	$(NATOPAY) estimate $(SAMPLE)
	@echo "$$NEXT"

test: ## run every test and check; the last line is "N passed, N failed", and what was skipped
	@tests/setup test
	@$(MAKE) $(SHARED) $(PAGE)
	@tests/run-all

accept: ## take what the case tests print now as what they should print, then show what changed
	@tests/setup test
	@$(MAKE) $(SHARED) all
	@tests/run-cases --natopay $(NATOPAY) --accept; status=$$?; \
	    tests/readme-check --natopay $(NATOPAY) --accept || status=1; git status --short tests README.md data/README.md calc/README.md; exit $$status

FAST = $(BUILD)/fast/natopay

PAGE = $(BUILD)/natopay.html
ENGINE = $(BUILD)/page/engine.wasm
PAGE_SOURCES = $(sort $(wildcard calc/page/*.* calc/page/pack calc/page/web/* data/nato/*.ini))

page: ## build build/natopay.html: the calculator as one file that works offline
	@tests/setup page
	@$(MAKE) $(SHARED) $(PAGE)

$(ENGINE): $(SOURCES) $(TEXT_HEADERS) $(wildcard calc/page/wasm/* calc/page/wasm/shim/*) calc/page/build-engine Makefile $(OBJ)/sources
	@JOBS=$(JOBS) calc/page/build-engine $(BUILD) $(VERSION)

$(PAGE): $(ENGINE) $(PAGE_SOURCES) $(CATALOGUES)
	$(SAY) PAGE $@
	$(Q)calc/page/pack $(BUILD) $@.new && mv $@.new $@

page-pictures: page ## take the pictures of the page in README.md anew
	@tests/setup test
	@node calc/page/take-pictures.mjs $(abspath $(PAGE)) "$${XDG_CACHE_HOME:-$$HOME/.cache}/natopay/html-validate"
	@ls -l calc/page/pictures

DIST = $(BUILD)/dist

dist: page ## build build/dist: the page, the program and their SHA-256 sums
	@$(MAKE) $(SHARED) all
	@rm -rf $(DIST) && mkdir -p $(DIST) && cp $(PAGE) $(NATOPAY) $(DIST)/ && cd $(DIST) && sha256sum natopay.html natopay >SHA256SUMS && cat SHA256SUMS

fast: ## build build/fast/natopay, compiled by a profile of plans: for very long staff lists
	@tests/setup demo
	@$(MAKE) $(SHARED) $(BUILD)/fast/made

# Compiled twice: between the two a plan runs, and says which way the code goes.
$(BUILD)/fast/made: $(SOURCES) $(TEXT_HEADERS) Makefile
	@$(MAKE) $(SHARED) VARIANT=fast CFLAGS='-O2 -g -fprofile-generate -Wno-error' $(FAST)
	@find $(BUILD)/fast -name '*.gcda' -delete
	@NATOPAY_DATA=data/nato $(FAST) sample-staff 5000 --output $(BUILD)/fast/staff.csv
	@for format in csv text; do \
	    NATOPAY_DATA=data/nato $(FAST) plan $(BUILD)/fast/staff.csv --scenario data/scenarios/scale-rise-2027.ini \
	        --format $$format --jobs 1 --output /dev/null 2>/dev/null || exit 1; \
	done
	@$(MAKE) $(SHARED) VARIANT=fast $(FAST)
	@touch $@

# What runs in process is measured as `make fast` compiles it.
bench: fast page ## measure the speed
	@$(MAKE) $(SHARED) all
	@$(MAKE) $(SHARED) VARIANT=fast benches
	@failed=0; for bench in $(BENCHES:$(OBJ)/%=$(BUILD)/fast/%) $(sort $(wildcard tests/bench/*.sh)); do \
	    echo "== $${bench##*/}"; NATOPAY='$(NATOPAY)' FAST='$(FAST)' "$$bench" || failed=1; \
	done; exit $$failed

faults: ## let each call to the system and each allocation fail in turn, of every command; end a plan every 50 ms by a signal
	@tests/setup test
	@$(MAKE) $(SHARED) all programs
	@failed=0; tests/fault/calls --all || failed=1; tests/fault/signals --natopay $(NATOPAY) 50 100000 || failed=1; exit $$failed

# Compiled by the profile of plans, month by month takes a quarter less.
soak: fast ## run the property tests for long, and 100,000 situations by the oracle
	@tests/setup test
	@$(MAKE) $(SHARED) all
	@$(MAKE) $(SHARED) VARIANT=fast $(PROPERTIES:$(OBJ)/%=$(BUILD)/fast/%)
	@BUILD='$(BUILD)' JOBS='$(JOBS)' tests/soak $(PROPERTIES:$(OBJ)/%=$(BUILD)/fast/%)

TIME ?= 60

fuzz: page ## fuzz all that reads what people give, each reader for TIME (60) seconds
	@tests/setup fuzz
	@$(MAKE) $(SHARED) all
	@$(MAKE) $(SHARED) VARIANT=fuzz fuzzers
	@BUILD='$(BUILD)' TIME='$(TIME)' tests/fuzz/run $(FUZZERS:$(OBJ)/%=$(BUILD)/fuzz/%)

threads: ## run plans with several threads under clang's thread sanitizer and valgrind
	@tests/setup threads
	@$(MAKE) $(SHARED) VARIANT=threads all programs
	@$(MAKE) $(SHARED) all
	@OUT='$(BUILD)' tests/threads

coverage: ## count which lines and branches of each folder the unit tests and cases run
	@tests/setup coverage
	@$(MAKE) $(SHARED) VARIANT=coverage all programs
	@OUT='$(BUILD)' JOBS='$(JOBS)' tests/coverage

PATCH ?=

mutate: ## change one line at a time and see which test notices (about 20 minutes); PATCH=FILE tries that change alone
	@tests/setup test
	@tests/mutate/run --jobs $(JOBS) $(PATCH)

DEST = $(DESTDIR)$(PREFIX)

# What pkg-config tells programs that use the library.
define PKGCONFIG
prefix=$(PREFIX)
includedir=$${prefix}/include
libdir=$${prefix}/lib
bookdir=$${prefix}/share/natopay/nato
localedir=$${prefix}/share/locale

Name: natopay
Description: what a civilian post pays, exactly and with sources
Version: $(VERSION)
Cflags: -I$${includedir}
Libs: -L$${libdir} -lnatopay
Libs.private: $(filter-out -lsqlite3,$(SHARED_LIBS))
endef

# The old headers and data go first: a file left over from an older version would be read with the new ones.
install: export PKGCONFIG := $(PKGCONFIG)
install: all ## install below PREFIX (/usr/local), all of it below DESTDIR when given
	@case '$(PREFIX)' in /*) ;; *) echo "PREFIX must begin with a slash: '$(PREFIX)'" >&2; exit 1 ;; esac
	rm -rf '$(DEST)/include/natopay' '$(DEST)/share/natopay'
	install -D -m 755 $(NATOPAY) '$(DEST)/bin/natopay'
	install -D -m 644 $(LIB) '$(DEST)/lib/libnatopay.a'
	install -D -m 644 $(MANUAL) '$(DEST)/share/man/man1/natopay.1'
	install -D -m 644 $(COMPLETION) '$(DEST)/share/bash-completion/completions/natopay'
	install -D -m 644 $(SHARED_LIB) '$(DEST)/lib/$(notdir $(SHARED_LIB))'
	ln -sf $(notdir $(SHARED_LIB)) '$(DEST)/lib/libnatopay.so'
	install -D -m 644 include/natopay.h '$(DEST)/include/natopay.h'
	install -d '$(DEST)/lib/pkgconfig' && printf '%s\n' "$$PKGCONFIG" >'$(DEST)/lib/pkgconfig/natopay.pc'
	find data -type f -not -path 'data/lang/*' -printf '%P\0' | \
	    xargs -0 -I{} install -D -m 644 'data/{}' '$(DEST)/share/natopay/{}'
	if [ -e $(PAGE) ]; then install -D -m 644 $(PAGE) '$(DEST)/share/natopay/natopay.html'; fi
	for mo in $(CATALOGUES:$(BUILD)/locale/%=%); do \
	    install -D -m 644 "$(BUILD)/locale/$$mo" '$(DEST)/share/locale/'"$$mo" || exit 1; \
	done

uninstall: ## remove what install put there (give the same PREFIX and DESTDIR)
	rm -f '$(DEST)/bin/natopay' '$(DEST)/lib/libnatopay.a' '$(DEST)'/lib/libnatopay.so* '$(DEST)/include/natopay.h'
	rm -f '$(DEST)/lib/pkgconfig/natopay.pc'
	rm -f '$(DEST)'/share/locale/*/LC_MESSAGES/natopay.mo
	rm -f '$(DEST)/share/man/man1/natopay.1' '$(DEST)/share/bash-completion/completions/natopay'
	rm -rf '$(DEST)/include/natopay' '$(DEST)/share/natopay'

lint: ## let clang-tidy look for likely mistakes (.clang-tidy)
	@tests/setup lint
	@printf '%s\0' $(SOURCES) | xargs -0 -n 8 -P $(JOBS) sh -c 'clang-tidy --quiet "$$@" -- -std=c11 -D_GNU_SOURCE -Iinclude \
	    -DNATOPAY_DATADIR=\"\" -DNATOPAY_LOCALEDIR=\"\" 2>/dev/null' lint

clean: ## remove everything that was built
	rm -rf $(BUILD)

format: ## lay out the C code by .clang-format
	@tests/setup format
	find calc include tests -name '*.[ch]' -print0 | xargs -0 clang-format -i

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS='	' read -r name text; do \
	    printf '  make %-13s %s\n' "$$name" "$$text"; done
