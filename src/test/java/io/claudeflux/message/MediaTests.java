package io.claudeflux.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images and documents by what is in them. */
class MediaTests {
    private static final String PNG = "89504e470d0a1a0a0000000d";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "ffd8ffe000104a464946, image/jpeg",
        "ffd8ffdb0043, image/jpeg",
        PNG + ", image/png",
        "474946383761aa, image/gif",
        "474946383961aa, image/gif",
        "52494646aabbccdd574542505650, image/webp"
    })
    void imageIsWhatItsFirstBytesSay(String hex, String type) throws IOException {
        byte[] bytes = bytes(hex);
        MediaSource.Inline source = (MediaSource.Inline) ImageBlock.of(bytes).source();
        assertThat(source.mediaType()).isEqualTo(type);
        assertThat(Base64.getDecoder().decode(source.data())).isEqualTo(bytes);
        Path misnamed = Files.write(folder.resolve("photo.txt"), bytes);
        assertThat(ImageBlock.of(misnamed)).isEqualTo(ImageBlock.of(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%PDF-1.7\n\u00e2\u00e3", "junk\u00ff\n%PDF-1.4"})
    void pdfIsADocument(String latin1) throws IOException {
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        MediaSource.Inline source = (MediaSource.Inline) DocumentBlock.of(bytes).source();
        assertThat(source.mediaType()).isEqualTo("application/pdf");
        assertThat(Base64.getDecoder().decode(source.data())).isEqualTo(bytes);
        assertThat(DocumentBlock.of(Files.write(folder.resolve("a"), bytes))).isEqualTo(DocumentBlock.of(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "h\u00e9llo \uD83D\uDE00\n", "about %PDF-1.7 files", "\ufeffhello", " "})
    void textInUtf8IsADocument(String text) {
        DocumentBlock document = DocumentBlock.of(text.getBytes(StandardCharsets.UTF_8));
        String withoutMark = text.startsWith("\ufeff") ? text.substring(1) : text;
        assertThat(document).isEqualTo(DocumentBlock.text(withoutMark));
    }

    @ParameterizedTest
    @CsvSource({
        "00000018667479706865696300, HEIC",
        "49492a0008000000, TIFF",
        "424d36000000, BMP",
        "504b0304140000, ZIP",
        "fffe680065006c00, UTF-16",
        "feff0068, UTF-16",
        "68656c6c6f00, no",
        "ff, no",
        "c3, no",
        "eda0bd, no",
        "ffd8, no",
        "5249464600000000574156, no"
    })
    void whatIsNeitherIsRefusedWithoutAWordOfIt(String hex, String hint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageBlock.of(bytes(hex)))
                .withMessageContaining("JPEG, PNG, GIF or WebP")
                .withMessageContaining(hint)
                .withMessageNotContaining("hello");
        if (!hint.equals("BMP")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DocumentBlock.of(bytes(hex)))
                    .withMessageContaining("PDF or text in UTF-8")
                    .withMessageContaining(hint);
        }
    }

    @Test
    void oneKindInPlaceOfTheOtherIsTold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageBlock.of("%PDF-1.7".getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("DocumentBlock");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DocumentBlock.of(bytes(PNG)))
                .withMessageContaining("ImageBlock");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageBlock.of(new byte[0]))
                .withMessageContaining("nothing");
    }

    @Test
    void everyBeginningOfAnImageIsOneOrRefused() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] image = bytes("52494646aabbccdd57454250565038");
        for (int length = 0; length <= image.length; length++) {
            byte[] cut = Arrays.copyOf(image, length);
            boolean isImage = length >= 12;
            if (isImage) {
                assertThat(ImageBlock.of(cut)).isNotNull();
            } else {
                assertThatIllegalArgumentException().isThrownBy(() -> ImageBlock.of(cut));
            }
        }
        for (int run = 0; run < 2_000; run++) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            try {
                DocumentBlock.of(noise);
                ImageBlock.of(noise);
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).as("seed %s", seed).startsWith("the bytes hold ");
            }
        }
    }

    @Test
    void fileThatNoRequestHoldsIsRefusedBeforeItIsRead() throws IOException {
        Path large = folder.resolve("large.png");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.write(bytes(PNG));
            sparse.setLength(1L << 40);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageBlock.of(large))
                .withMessageContaining("Files API")
                .withMessageContaining(String.valueOf(1L << 40));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageBlock.of(new byte[Media.MAX_BYTES + 1]))
                .withMessageContaining("Files API");
        byte[] largest = Arrays.copyOf(bytes(PNG), Media.MAX_BYTES);
        MediaSource.Inline source = (MediaSource.Inline) ImageBlock.of(largest).source();
        assertThat(source.data().length()).isLessThan(32_000_000).isGreaterThan(31_990_000);
    }

    @Test
    void fileThatCannotBeReadIsTold() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> ImageBlock.of(folder.resolve("none.png")))
                .withMessageContaining("none.png");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DocumentBlock.of(folder))
                .withMessageContaining("not a regular file");
    }

    @Test
    void addressesAndIdsAreHandedOn() {
        assertThat(ImageBlock.url("https://example.org/a.png").source())
                .isEqualTo(new MediaSource.Url("https://example.org/a.png"));
        assertThat(DocumentBlock.url("HTTPS://example.org/a").source()).isInstanceOf(MediaSource.Url.class);
        assertThat(ImageBlock.file("file_1").source()).isEqualTo(new MediaSource.UploadedFile("file_1"));
        assertThat(DocumentBlock.file("file_1").source()).isEqualTo(new MediaSource.UploadedFile("file_1"));
        for (String noAddress : new String[] {"data:image/png;base64,c2VjcmV0", "/tmp/secret", "", "ftp://secret"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ImageBlock.url(noAddress))
                    .withMessageContaining("https://")
                    .withMessageNotContaining("secret");
        }
    }

    @Test
    void documentSaysMoreOfItself() {
        DocumentBlock document =
                DocumentBlock.text("a").withTitle("t").withContext("c").withCitations(true);
        assertThat(Json.of(document).text())
                .isEqualTo("{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\","
                        + "\"data\":\"a\"},\"title\":\"t\",\"context\":\"c\",\"citations\":{\"enabled\":true}}");
        assertThat(document.withTitle(null).withContext(null).title()).isNull();
    }

    private static byte[] bytes(String hex) {
        return java.util.HexFormat.of().parseHex(hex);
    }
}
