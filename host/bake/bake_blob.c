#include "bake/bake_blob.h"

#include "bake/bake_metrics.h"
#include "bake/bake_number.h"

#include <stdlib.h>
#include <string.h>

#define SPARE_BYTES 4 /* the decoder reads whole words: up to this far past the last bitmap */

/* All that a blob is made of. */
struct job {
    struct bake_blob *blob;
    struct bake_bytes *bytes;
    const struct bake_recipe *recipe;
    const struct bake_glyphs *glyphs;
    const struct bake_kern *kern;
    const struct bake_options *options;
    struct bake_numbers numbers;
    /* Where each size is that is drawn on its own; 0: not yet put. */
    size_t metrics[INK_FONT_SIZES], bitmaps[INK_FONT_SIZES];
    unsigned ranged; /* sizes in the range codec, a bit each */
    struct bake_range_model model;
    size_t model_at;
};

/* ---- what the sizes share -------------------------------------------------------------------- */

/* Runs of consecutive code points whose glyph numbers go up by one too. */
static void put_ranges(struct job *job) {
    const struct bake_glyph *glyph = NULL;
    const int *number = job->numbers.of;
    for (int size = 0; glyph == NULL; size++) {
        glyph = job->glyphs->glyph[size];
    }
    for (int i = 0; i < job->glyphs->points;) {
        int end = i + 1;
        while (end < job->glyphs->points &&
               glyph[end].code_point == glyph[end - 1].code_point + 1 &&
               number[end] == number[end - 1] + 1) {
            end++;
        }
        bake_bytes_little(job->bytes, glyph[i].code_point, 3);
        bake_bytes_little(job->bytes, (uint64_t)(end - i), 2);
        bake_bytes_little(job->bytes, (uint64_t)number[i], 2);
        job->blob->ranges++;
        i = end;
    }
}

static void put_number(struct job *job, int glyph) {
    bake_bytes_little(job->bytes, (uint64_t)job->numbers.of[glyph], 2);
}

/* Letters ascend by code point, and so do the numbers of their isolated glyphs, which none shares.
 */
static void put_joins(struct job *job) {
    for (int i = 0; i < job->glyphs->joins; i++) {
        for (int form = 0; form < BAKE_FORMS; form++) {
            put_number(job, job->glyphs->join[i].form[form]);
        }
    }
    for (int i = 0; i < job->glyphs->ligatures; i++) {
        const struct bake_ligature *ligature = &job->glyphs->ligature[i];
        put_number(job, bake_glyphs_number(job->glyphs, ligature->first));
        put_number(job, bake_glyphs_number(job->glyphs, ligature->second));
        put_number(job, ligature->isolated);
        put_number(job, ligature->joined);
    }
}

static void put_classes(struct job *job) {
    for (int side = 0; side < 2 && job->kern->left_classes > 0; side++) {
        const uint8_t *class = side == 0 ? job->kern->left : job->kern->right;
        for (int i = 0; i < job->numbers.count; i++) {
            bake_bytes_little(job->bytes, class[job->numbers.kept[i]], 1);
        }
    }
}

/* ---- sizes ----------------------------------------------------------------------------------- */

static int height_of(const struct bake_glyphs *glyphs, int size, uint32_t code_point) {
    const struct bake_glyph *glyph = bake_glyphs_find(glyphs, size, code_point);
    return glyph != NULL ? glyph->top : 0;
}

static int advance_of(const struct bake_glyphs *glyphs, int size, uint32_t code_point) {
    const struct bake_glyph *glyph = bake_glyphs_find(glyphs, size, code_point);
    return glyph != NULL ? glyph->advance : 0;
}

/* `drawn`: the size whose glyphs this one enlarges, or itself. */
static void set_header(struct job *job, size_t at, int size, int drawn) {
    const struct bake_recipe *recipe = job->recipe;
    const struct bake_glyphs *glyphs = job->glyphs;
    int scale = recipe->px[size] / recipe->px[drawn];
    bool ranged = job->ranged >> drawn & 1;
    int ascent = 0;
    int descent = 0;
    for (int i = 0; i < glyphs->count; i++) {
        const struct bake_glyph *glyph = &glyphs->glyph[drawn][i];
        ascent = ink_max(ascent, glyph->top);
        descent = ink_max(descent, glyph->height - glyph->top);
    }
    int packing = (ranged ? INK_PACKING_RANGE : 0) + (recipe->depth == 2 ? INK_PACKING_GRAY : 0) +
                  (scale - 1) * INK_PACKING_SIDE;
    const int fields[9] = {
        recipe->px[size],
        recipe->line[size],
        ascent * scale,
        descent * scale,
        height_of(glyphs, drawn, 'H') * scale,
        height_of(glyphs, drawn, 'x') * scale,
        advance_of(glyphs, drawn, ' ') * scale,
        advance_of(glyphs, drawn, '0') * scale,
        packing,
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        bake_bytes_set(job->bytes, at + i, (uint64_t)fields[i], 1);
    }
    bake_bytes_set(job->bytes, at + 16, job->metrics[drawn], 4);
    bake_bytes_set(job->bytes, at + 20, job->bitmaps[drawn], 4);
    bake_bytes_set(job->bytes, at + 28, ranged ? job->model_at : 0, 4);
}

static bool put_glyphs(struct job *job, int size) {
    const struct bake_glyph *glyphs = job->glyphs->glyph[size];
    struct bake_use *use = &job->blob->use[size];
    struct bake_streams streams;
    bool ranged = job->ranged >> size & 1;
    use->ranged = ranged;
    size_t before = job->bytes->count;
    bool good =
        bake_streams_make(&streams, glyphs, &job->numbers, ranged ? &job->model : NULL) &&
        bake_metrics_put(job->bytes, glyphs, &job->numbers, streams.start, &job->metrics[size]);
    if (good) {
        job->bitmaps[size] = job->bytes->count;
        bake_bytes_put(job->bytes, streams.bytes.at, streams.bytes.count);
        use->metrics = job->bitmaps[size] - before;
        use->bitmaps = streams.bytes.count;
    }
    bake_streams_free(&streams);
    return good;
}

static void put_kern(struct job *job, size_t header, int size) {
    size_t bytes = job->kern->px[size] != NULL ? bake_kern_bytes(job->kern) : 0;
    if (bytes > 0) {
        bake_bytes_set(job->bytes, header + 24, job->bytes->count, 4);
        size_t at = job->bytes->count;
        bake_bytes_zeros(job->bytes, (int)bytes);
        if (!job->bytes->failed) {
            bake_kern_pack(job->kern, size, job->bytes->at + at);
        }
        job->blob->use[size].kern = bytes;
    }
}

static bool put_size(struct job *job, size_t header, int size) {
    int enlarged = job->recipe->enlarged[size];
    int drawn = enlarged >= 0 ? enlarged : size;
    if (job->metrics[drawn] == 0 && !put_glyphs(job, drawn)) {
        return false;
    }
    put_kern(job, header, size);
    set_header(job, header, size, drawn);
    return true;
}

/* ---- codecs ---------------------------------------------------------------------------------- */

/* The sizes that are drawn for those that were chosen. */
static unsigned drawn_sizes(const struct job *job) {
    unsigned drawn = 0;
    for (int size = 0; size < job->recipe->sizes; size++) {
        int enlarged = job->recipe->enlarged[size];
        if (job->options->sizes >> size & 1) {
            drawn |= 1u << (enlarged >= 0 ? enlarged : size);
        }
    }
    return drawn;
}

static bool saves_enough(const struct job *job, int size) {
    const struct bake_glyph *glyphs = job->glyphs->glyph[size];
    struct bake_streams rows, range = {0};
    bool saves = bake_streams_make(&rows, glyphs, &job->numbers, NULL) &&
                 bake_streams_make(&range, glyphs, &job->numbers, &job->model) &&
                 range.bytes.count * 100 <= rows.bytes.count * (100 - BAKE_SMALL_PERCENT);
    bake_streams_free(&rows);
    bake_streams_free(&range);
    return saves;
}

/* The range codec for the sizes where it pays; one model for all of them. */
static bool choose_codecs(struct job *job) {
    unsigned candidates = job->options->small ? drawn_sizes(job) : 0;
    if (candidates == 0) {
        return true;
    }
    if (!bake_codec_train(&job->model, job->glyphs, &job->numbers, candidates)) {
        return false;
    }
    for (int size = 0; size < job->recipe->sizes; size++) {
        if (candidates >> size & 1 && saves_enough(job, size)) {
            job->ranged |= 1u << size;
        }
    }
    return job->ranged == 0 || job->ranged == candidates ||
           bake_codec_train(&job->model, job->glyphs, &job->numbers, job->ranged);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static int count_bits(unsigned bits) {
    int count = 0;
    for (; bits > 0; bits &= bits - 1) {
        count++;
    }
    return count;
}

static void set_blob_header(struct job *job, int sizes) {
    struct bake_bytes *bytes = job->bytes;
    bake_bytes_set(bytes, 0, 0x32464B49, 4); // "IKF2"
    bake_bytes_set(bytes, 4, (uint64_t)sizes, 1);
    bake_bytes_set(bytes, 5, (uint64_t)job->recipe->depth, 1);
    bake_bytes_set(bytes, 6, (uint64_t)job->blob->ranges, 2);
    bake_bytes_set(bytes, 8, (uint64_t)job->numbers.count, 2);
    bake_bytes_set(bytes, 10, (uint64_t)job->glyphs->joins, 2);
    bake_bytes_set(bytes, 12, bytes->count, 4);
    bake_bytes_set(bytes, 16, (uint64_t)job->glyphs->ligatures, 1);
    bake_bytes_set(bytes, 17, (uint64_t)job->kern->left_classes, 1);
    bake_bytes_set(bytes, 18, (uint64_t)job->kern->right_classes, 1);
}

static bool put_all(struct job *job) {
    int sizes = count_bits(job->options->sizes);
    bool good = true;
    bake_bytes_zeros(job->bytes, INK_FONT_HEADER);
    put_ranges(job);
    put_joins(job);
    put_classes(job);
    size_t header = job->bytes->count;
    bake_bytes_zeros(job->bytes, sizes * INK_FONT_SIZE_HEADER);
    if (job->ranged != 0) {
        job->model_at = job->bytes->count;
        bake_bytes_put(job->bytes, job->model.bytes, job->model.count);
        job->blob->model = job->model.count;
    }
    job->blob->shared = job->bytes->count;
    for (int size = 0; good && size < job->recipe->sizes; size++) {
        if (job->options->sizes >> size & 1) {
            good = put_size(job, header, size);
            header += INK_FONT_SIZE_HEADER;
        }
    }
    bake_bytes_zeros(job->bytes, SPARE_BYTES);
    set_blob_header(job, sizes);
    job->blob->glyphs = job->numbers.count;
    return good &&
           (!job->bytes->failed || bake_error("inkline-bake-font", 0, NULL, "out of memory"));
}

bool bake_blob_make(struct bake_blob *blob, const struct bake_recipe *recipe,
                    const struct bake_glyphs *glyphs, const struct bake_kern *kern,
                    const struct bake_options *options) {
    memset(blob, 0, sizeof *blob);
    struct job job = {.blob = blob,
                      .bytes = &blob->bytes,
                      .recipe = recipe,
                      .glyphs = glyphs,
                      .kern = kern,
                      .options = options};
    bool good =
        bake_numbers_make(&job.numbers, glyphs, kern) && choose_codecs(&job) && put_all(&job);
    bake_numbers_free(&job.numbers);
    return good;
}

void bake_blob_free(struct bake_blob *blob) {
    bake_bytes_free(&blob->bytes);
}
