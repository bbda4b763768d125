# cmake -DOUTPUT=x.c -DFILES=a;b -DHEADER=core/digest/builtin.h -DROW=builtin_template -DTABLE=builtin_templates -P embed.cmake:
# the files as byte arrays, in a table of `struct ROW {name, bytes, size}` that HEADER declares.

set(arrays "")
set(rows "")
set(nr 0)
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  file(SIZE ${file} size)
  file(READ ${file} bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(REGEX REPLACE "((0x[0-9a-f][0-9a-f],)(0x[0-9a-f][0-9a-f],)?(0x[0-9a-f][0-9a-f],)?(0x[0-9a-f][0-9a-f],)?)"
                       "\\1\n" bytes "${bytes}")
  string(APPEND arrays "/* ${name} */\nstatic const unsigned char bytes_${nr}[] = {\n${bytes}0x00};\n")
  string(APPEND rows "\t{\"${name}\", (const char *)bytes_${nr}, ${size}},\n")
  math(EXPR nr "${nr} + 1")
endforeach()

file(WRITE ${OUTPUT} "/* Made by cmake/embed.cmake. */
#include \"${HEADER}\"

${arrays}
const struct ${ROW} ${TABLE}[] = {
${rows}\t{NULL, NULL, 0},
};
const size_t ${TABLE}_nr = ${nr};
")
