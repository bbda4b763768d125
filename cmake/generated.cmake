# Tables made from what lies in a folder, so that adding a rule or a template is adding a file.

# rules_table.c: lint/rules/foo_bar.c holds `const struct rule rule_foo_bar`.
file(GLOB rule_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/lint/rules/*.c)
list(TRANSFORM rule_files REPLACE "^.*/([^/]+)\\.c$" "\\1" OUTPUT_VARIABLE rules)
list(SORT rules)
list(LENGTH rules rules_nr)
set(declarations "")
set(pointers "")
foreach(rule IN LISTS rules)
  string(APPEND declarations "extern const struct rule rule_${rule};\n")
  string(APPEND pointers "\t&rule_${rule},\n")
endforeach()
set(SDI_RULES_C ${PROJECT_BINARY_DIR}/rules_table.c)
file(CONFIGURE OUTPUT ${SDI_RULES_C} @ONLY CONTENT [[
/* Made by cmake/generated.cmake from the files in lint/rules. */
#include <stddef.h>

#include "lint/rule.h"

@declarations@
const struct rule *const rules_table[] = {
@pointers@	NULL,
};
const size_t rules_table_nr = @rules_nr@;
]])

# templates_builtin.c: the bytes of templates/*.md.
file(GLOB template_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/templates/*.md)
list(SORT template_files)
set(SDI_TEMPLATES_C ${PROJECT_BINARY_DIR}/templates_builtin.c)
add_custom_command(
  OUTPUT ${SDI_TEMPLATES_C}
  COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${SDI_TEMPLATES_C}" "-DFILES=${template_files}"
          -DHEADER=core/digest/builtin.h -DROW=builtin_template -DTABLE=builtin_templates
          -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
  DEPENDS ${template_files} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
  COMMENT "Embedding templates"
  VERBATIM)

# hook_script.c: the bytes of hooks/pre-commit.
set(SDI_HOOK_C ${PROJECT_BINARY_DIR}/hook_script.c)
add_custom_command(
  OUTPUT ${SDI_HOOK_C}
  COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${SDI_HOOK_C}" "-DFILES=${PROJECT_SOURCE_DIR}/hooks/pre-commit"
          -DHEADER=cmd/hook_script.h -DROW=hook_script -DTABLE=hook_scripts
          -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
  DEPENDS ${PROJECT_SOURCE_DIR}/hooks/pre-commit ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
  COMMENT "Embedding the hook"
  VERBATIM)

# completion_scripts.c: the bytes of completions/*.
file(GLOB completion_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/completions/*)
list(SORT completion_files)
set(SDI_COMPLETIONS_C ${PROJECT_BINARY_DIR}/completion_scripts.c)
add_custom_command(
  OUTPUT ${SDI_COMPLETIONS_C}
  COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${SDI_COMPLETIONS_C}" "-DFILES=${completion_files}"
          -DHEADER=cmd/completion/completion.h -DROW=completion_script -DTABLE=completion_scripts
          -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
  DEPENDS ${completion_files} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
  COMMENT "Embedding completions"
  VERBATIM)

# catalogs.c: po/*.po, compiled. A format that does not fit its English one ends the build.
find_program(MSGFMT msgfmt REQUIRED)
file(GLOB po_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/po/*.po)
list(SORT po_files)
set(mo_files "")
foreach(po IN LISTS po_files)
  get_filename_component(language ${po} NAME_WE)
  set(mo ${PROJECT_BINARY_DIR}/messages/${language})
  add_custom_command(
    OUTPUT ${mo}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/messages
    COMMAND ${MSGFMT} --check --no-hash --endianness=little -o ${mo} ${po}
    DEPENDS ${po}
    COMMENT "Compiling the messages of ${language}"
    VERBATIM)
  list(APPEND mo_files ${mo})
endforeach()
set(SDI_CATALOGS_C ${PROJECT_BINARY_DIR}/catalogs.c)
add_custom_command(
  OUTPUT ${SDI_CATALOGS_C}
  COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${SDI_CATALOGS_C}" "-DFILES=${mo_files}"
          -DHEADER=core/base/catalog.h -DROW=catalog -DTABLE=catalogs
          -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
  DEPENDS ${mo_files} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
  COMMENT "Embedding messages"
  VERBATIM)
