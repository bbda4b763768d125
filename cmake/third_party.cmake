# Sources of others, brought by npm (script/bootstrap) and compiled here, without our warnings.

set(runtime ${PROJECT_SOURCE_DIR}/node_modules/tree-sitter/vendor/tree-sitter/lib)
set(grammar ${PROJECT_SOURCE_DIR}/node_modules/@tree-sitter-grammars/tree-sitter-markdown/tree-sitter-markdown/src)
foreach(file ${runtime}/src/lib.c ${grammar}/parser.c ${grammar}/scanner.c)
  if(NOT EXISTS ${file})
    message(FATAL_ERROR "${file} is not there: run script/bootstrap")
  endif()
endforeach()

# The shim is ours; it includes the grammar's scanner.c and mends it.
set(shim ${PROJECT_SOURCE_DIR}/core/digest/scanner_shim.c)
add_library(third_party_treesitter STATIC ${runtime}/src/lib.c ${grammar}/parser.c ${shim})
target_compile_options(third_party_treesitter PRIVATE -w)
set_property(SOURCE ${runtime}/src/lib.c PROPERTY INCLUDE_DIRECTORIES ${runtime}/include ${runtime}/src)
set_property(SOURCE ${grammar}/parser.c ${shim} PROPERTY INCLUDE_DIRECTORIES ${grammar})
set_property(SOURCE ${shim} PROPERTY OBJECT_DEPENDS ${grammar}/scanner.c)

set(SDI_TREESITTER_INCLUDE ${runtime}/include)
