package io.nomnom.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build gave. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"nomnom " + number()};
    }

    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "in development" : version;
    }
}
