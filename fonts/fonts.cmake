# Bakes the fonts: a blob for each recipe, and gen/ink_fonts.c, which says what each role is drawn
# from. Uses BAKE_FONT, GEN and the INKLINE_ options; sets FONT_SOURCES.

set(ROLES headline source title)
set(HOSTED ON)
if(CMAKE_SYSTEM_NAME STREQUAL Generic)
    set(HOSTED OFF)
endif()
set(FONT_SOURCES ${GEN}/ink_fonts.c)

# inkline_bake(NAME RECIPE OPTION...): gen/ink_font_NAME.c
function(inkline_bake name recipe)
    set(font ${GEN}/ink_font_${name}.c)
    set(path ${CMAKE_SOURCE_DIR}/fonts/${recipe}.recipe)
    file(STRINGS ${path} includes REGEX "^include ")
    list(TRANSFORM includes REPLACE "^include +([^ ]+).*" "${CMAKE_SOURCE_DIR}/fonts/\\1")
    add_custom_command(
        OUTPUT ${font}
        COMMAND ${BAKE_FONT} ${path} --codec ${INKLINE_CODEC} ${ARGN} -o ${font}
        DEPENDS ${BAKE_FONT} ${path} ${includes} ${CHARSET}
        COMMENT "Baking font ${name}"
        VERBATIM)
    set(FONT_SOURCES ${FONT_SOURCES} ${font} PARENT_SCOPE)
endfunction()

string(REPLACE "," ";" INKLINE_SCRIPTS "${INKLINE_SCRIPTS}")
foreach(script IN LISTS INKLINE_SCRIPTS)
    if(NOT script MATCHES "^(arabic|hebrew|cjk)$")
        message(FATAL_ERROR "INKLINE_SCRIPTS: arabic, hebrew, cjk; not ${script}")
    endif()
endforeach()

# The scripts of a role, in order of lookup: bold ones beside a bold role.
set(BOLD)
set(LIGHT)
set(sizes)
if(INKLINE_FONT_SIZES)
    set(sizes --sizes ${INKLINE_FONT_SIZES})
endif()
set(text_sizes ${sizes})
if(INKLINE_TEXT_SIZES)
    set(text_sizes --sizes ${INKLINE_TEXT_SIZES})
endif()
foreach(script arabic hebrew)
    if(script IN_LIST INKLINE_SCRIPTS)
        inkline_bake(${script}_bold ${script}_bold ${sizes})
        inkline_bake(${script} ${script} ${text_sizes})
        list(APPEND BOLD ${script}_bold)
        list(APPEND LIGHT ${script})
    endif()
endforeach()
# The characters of the texts that INKLINE_CHARSET names, and of the page's own words.
set(charset)
if(INKLINE_CHARSET)
    set(CHARSET ${GEN}/charset.txt)
    set(characters)
    foreach(text IN LISTS INKLINE_CHARSET ITEMS firmware/words/zh.words firmware/words/ja.words
            firmware/words/ko.words)
        get_filename_component(text ${text} ABSOLUTE BASE_DIR ${CMAKE_SOURCE_DIR})
        file(READ ${text} more)
        string(APPEND characters "${more}")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${text})
    endforeach()
    file(CONFIGURE OUTPUT ${CHARSET} CONTENT "${characters}" @ONLY)
    set(charset --charset ${CHARSET})
endif()
if(cjk IN_LIST INKLINE_SCRIPTS AND (INKLINE_CHARSET OR HOSTED))
    # Outlines where they are installed; without them, and for what they leave out, the strike.
    if(EXISTS /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc)
        set(cjk_sizes 20,28,40)
        set(cjk_bold_sizes 28,40)
        if(HOSTED) # at 56 they take as much flash as at the other sizes together
            string(APPEND cjk_sizes ,56)
            string(APPEND cjk_bold_sizes ,56)
        endif()
        inkline_bake(cjk_bold cjk_bold ${charset} --sizes ${cjk_bold_sizes})
        inkline_bake(cjk cjk ${charset} --sizes ${cjk_sizes})
        list(APPEND BOLD cjk_bold)
        set(CJK cjk)
    endif()
    inkline_bake(unifont unifont ${charset})
    list(APPEND BOLD ${CJK} unifont)
    list(APPEND LIGHT ${CJK} unifont)
endif()

foreach(role ${ROLES})
    set(role_sizes ${text_sizes})
    if(role STREQUAL headline)
        set(role_sizes ${sizes})
    endif()
    inkline_bake(${role} ${role} ${role_sizes})
    if(INKLINE_GRAY AND HOSTED)
        inkline_bake(${role}_gray ${role} ${role_sizes} --gray)
    endif()
endforeach()

# --- gen/ink_fonts.c ------------------------------------------------------------------------------

set(DECLARED ${BOLD} ${LIGHT})
set(LISTS)
set(roles)
set(grays)
foreach(role ${ROLES})
    set(beside ${BOLD})
    if(role STREQUAL source)
        set(beside ${LIGHT})
    endif()
    set(kinds ${role})
    if(INKLINE_GRAY AND HOSTED)
        list(APPEND kinds ${role}_gray)
        string(APPEND grays "${role}_gray, ")
        list(APPEND DECLARED ${role}_gray)
    else()
        string(APPEND grays "NULL, ")
    endif()
    string(APPEND roles "${role}, ")
    foreach(kind ${kinds})
        set(blobs ${kind} ${beside})
        list(TRANSFORM blobs PREPEND "ink_font_")
        list(JOIN blobs ",\n    " joined)
        string(APPEND LISTS "static const uint8_t *const ${kind}[] = {\n    ${joined},\n    NULL,\n};\n")
    endforeach()
endforeach()
list(REMOVE_DUPLICATES DECLARED)
set(EXTERNS)
foreach(blob ${DECLARED})
    string(APPEND EXTERNS "extern const uint8_t ink_font_${blob}[];\n")
endforeach()
file(CONFIGURE OUTPUT ${GEN}/ink_fonts.c CONTENT
"/* What each role is drawn from, made by fonts/fonts.cmake. Do not edit. */
#include \"core/ink_font.h\"

@EXTERNS@
@LISTS@
const uint8_t *const *const ink_font_roles[] = {@roles@};
const uint8_t *const *const ink_font_roles_gray[] = {@grays@};
" @ONLY)
