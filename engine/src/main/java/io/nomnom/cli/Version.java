package io.nomnom.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build gave. */
public final class Version implements IVersionProvider {
    private static final String WRITTEN_BY_MAVEN =
            "/META-INF/maven/io.nomnom/nomnom-engine/pom.properties";

    @Override
    public String[] getVersion() {
        return new String[] {"nomnom " + number()};
    }

    static String number() {
        try (InputStream in = Version.class.getResourceAsStream(WRITTEN_BY_MAVEN)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "in development");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
