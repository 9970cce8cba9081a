package io.nomnom.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

    private static SettingsReader reader(Map<String, String> settings) {
        return new SettingsReader(name -> Optional.ofNullable(settings.get(name)), false);
    }

    @Test
    void withoutAnySettingTheDefaultsHold() {
        SettingsReader reader = reader(Map.of());
        Settings settings = reader.read();

        assertThat(reader.faults()).isEmpty();
        assertThat(settings.roles()).isEqualTo(EnumSet.allOf(Role.class));
        assertThat(settings.queue().maxBytes()).isEqualTo(1L << 30);
        assertThat(settings.queue().deadLetterMaxAge()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.worker().maxDeliver()).isEqualTo(3);
        assertThat(settings.maxMessageBytes()).isEqualTo(900 * 1024);
    }

    @Test
    void everyWrongValueIsToldNotOnlyTheFirst() {
        SettingsReader reader =
                reader(
                        Map.of(
                                "ROLE", "api,workr",
                                "PORT", "80a",
                                "NATS_MAX_BYTES", "lots",
                                "ACK_WAIT", "60",
                                "DATABASE_URL", "mysql://x"));
        Settings unused = reader.read();

        assertThat(unused).isNotNull();
        assertThat(reader.faults())
                .hasSize(5)
                .anyMatch(fault -> fault.startsWith("ROLE: 'workr'"))
                .anyMatch(fault -> fault.startsWith("PORT: '80a'"))
                .anyMatch(fault -> fault.startsWith("NATS_MAX_BYTES: 'lots'"))
                .anyMatch(fault -> fault.startsWith("ACK_WAIT: '60'"))
                .anyMatch(fault -> fault.startsWith("DATABASE_URL:"));
    }

    @ParameterizedTest
    @CsvSource({
        "1Gi, 1073741824",
        "900KiB, 921600",
        "1GB, 1000000000",
        "5k, error",
        "512, 512",
        "2M, 2000000"
    })
    void sizesAreReadWithTheirUnits(String text, String bytes) {
        SettingsReader reader = reader(Map.of("MAX_MESSAGE_BYTES", text));
        Settings settings = reader.read();

        if (bytes.equals("error")) {
            assertThat(reader.faults()).hasSize(1);
        } else {
            assertThat(settings.maxMessageBytes()).isEqualTo(Long.parseLong(bytes));
        }
    }

    @Test
    void theNamesOfTheSeedsAreAcceptedAndNearMissesNamed() {
        SettingsReader reader = reader(Map.of("WORKER_NATS_URL", "nats://elsewhere:4222"));
        Settings settings = reader.read();

        assertThat(settings.queue().url()).isEqualTo("nats://elsewhere:4222");
        assertThat(
                        reader.nearMisses(
                                Set.of(
                                        "WORKER_NATS_URL",
                                        "BATCHSIZE",
                                        "NATS_PORT",
                                        "PATH",
                                        "HOME")))
                .isEqualTo(Map.of("BATCHSIZE", "BATCH_SIZE", "NATS_PORT", "NATS_URL"));
    }

    @Test
    void aPasswordOfItsOwnTakesThePlaceOfTheUrls() {
        Settings settings =
                reader(
                                Map.of(
                                        "DATABASE_URL", "postgresql://me:old@db:5432/main",
                                        "DATABASE_PASSWORD", "p@ss/word"))
                        .read();

        assertThat(settings.databaseUrl()).isEqualTo("postgresql://me:p%40ss%2Fword@db:5432/main");
    }

    @ParameterizedTest
    @CsvSource({
        "on, false, true",
        "off, true, false",
        "auto, false, false",
        "auto, true, true",
        "OFF, true, false"
    })
    void reloadIsOnInDevModeUnlessItIsSaid(String word, boolean developing, boolean on) {
        SettingsReader reader =
                new SettingsReader(
                        name -> Optional.of(word).filter(any -> name.equals("ENTITIES_RELOAD")),
                        developing);

        assertThat(reader.read().reload()).isEqualTo(on);
        assertThat(reader.faults()).isEmpty();
    }

    @Test
    void anotherWordForReloadIsAFault() {
        SettingsReader reader = reader(Map.of("ENTITIES_RELOAD", "yes"));

        assertThat(reader.read().reload()).isFalse();
        assertThat(reader.faults())
                .containsExactly("ENTITIES_RELOAD: 'yes' is not one of auto, on, off");
    }

    @Test
    void whatIsInForceIsShownWithoutSecrets() {
        SettingsReader reader =
                reader(
                        Map.of(
                                "DATABASE_URL", "postgresql://me:secret@db:5432/x",
                                "DATABASE_PASSWORD", "secret",
                                "NATS_URL", "nats://me:secret@queue:4222",
                                "WORKER_BATCH_SIZE", "7"));
        Settings settings = reader.read();

        assertThat(settings.worker().batchSize()).isEqualTo(7);
        assertThat(reader.inForce().toString()).doesNotContain("secret");
        assertThat(reader.inForce())
                .containsEntry("DATABASE_URL", "postgresql://me:***@db:5432/x")
                .containsEntry("NATS_URL", "nats://me:***@queue:4222")
                .containsEntry("BATCH_SIZE", "7")
                .containsEntry("MAX_DELIVER", "3");
    }
}
