# Embeds the sample stories: cmake -DOUT=FILE.c -DSAMPLES="a.csv;b.csv" -P demo_samples.cmake
set(arrays "")
set(rows "")
set(number 0)
foreach(sample ${SAMPLES})
    get_filename_component(stem ${sample} NAME_WE)
    file(READ ${sample} hex HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
    string(APPEND arrays "static const unsigned char sample_${number}[] = {${bytes}};\n")
    string(APPEND rows "    {\"${stem}\", sample_${number}, sizeof sample_${number}},\n")
    math(EXPR number "${number} + 1")
endforeach()
if(number EQUAL 0)
    set(rows "    {0, 0, 0},\n")
endif()
file(WRITE ${OUT}
    "#include \"demo_samples.h\"\n\n${arrays}\n"
    "const struct ink_demo_sample ink_demo_samples[] = {\n${rows}};\n"
    "const size_t ink_demo_sample_count = ${number};\n")
